import { Popover as Base } from '@base-ui/react/popover'
import type { ReactNode, RefObject } from 'react'

/** The part of a popover that is loaded when it opens. */
export function PopoverBox({
  anchor,
  label,
  className = 'popover',
  onClose,
  children,
}: {
  anchor: RefObject<HTMLElement | null>
  label: string
  className?: string | undefined
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Base.Root
      open
      onOpenChange={(open, { event }) => {
        // A press on the button itself closes it there.
        const onButton = event?.target instanceof Node && anchor.current?.contains(event.target)
        if (!open && !onButton) onClose()
      }}
    >
      <Base.Portal>
        <Base.Positioner className="positioner" anchor={anchor} sideOffset={6} collisionPadding={8}>
          <Base.Popup className={className} aria-label={label} finalFocus={anchor}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
