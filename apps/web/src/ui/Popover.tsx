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
  children: ReactNode
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
            {children}
          </PopoverBox>
        </Suspense>
      )}
    </>
  )
}
