import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useRef, useState } from 'react'

const PopoverBox = lazy(() => import('./PopoverBox.tsx').then((module) => ({ default: module.PopoverBox })))

/** More about one thing, on demand, without leaving the page. What makes it float is loaded when it first opens. */
export function Popover({
  trigger,
  label,
  className,
  children,
}: {
  /** A button. */
  trigger: ReactElement<Record<string, unknown>>
  /** Says to screen readers what opens. */
  label: string
  className?: string
  /** A function gets what closes it. */
  children: ReactNode | ((close: () => void) => ReactNode)
}) {
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLElement>(null)
  return (
    <>
      {cloneElement(trigger, {
        ref: anchor,
        'aria-haspopup': 'dialog',
        'aria-expanded': open,
        onClick: () => setOpen(!open),
      })}
      {open && (
        <Suspense fallback={null}>
          <PopoverBox anchor={anchor} label={label} className={className} onClose={() => setOpen(false)}>
            {typeof children === 'function' ? children(() => setOpen(false)) : children}
          </PopoverBox>
        </Suspense>
      )}
    </>
  )
}
