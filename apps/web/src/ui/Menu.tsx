import { Menu as Base } from '@base-ui/react/menu'
import { type ReactElement, type ReactNode, useState } from 'react'

export type MenuProps = {
  /** The button that opens it. */
  trigger: ReactElement<Record<string, unknown>>
  children: ReactNode
  side?: 'top' | 'bottom'
  align?: 'start' | 'end'
}

/** A menu of acts: `<Menu trigger={<Button>…</Button>}><MenuItem onSelect={…}>…</MenuItem></Menu>`. */
export function Menu({ trigger, children, side = 'bottom', align = 'start' }: MenuProps) {
  // Inside of the trigger's landmark, so that a screen reader finds it where it belongs.
  const [landmark, setLandmark] = useState<HTMLElement | null>(null)
  return (
    <Base.Root>
      <Base.Trigger
        render={trigger}
        ref={(button: HTMLElement | null) =>
          setLandmark(button?.closest<HTMLElement>('header, main') ?? document.querySelector('main'))
        }
      />
      <Base.Portal container={landmark}>
        <Base.Positioner
          className="positioner"
          positionMethod="fixed"
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          <Base.Popup className="menu">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export type MenuItemProps = {
  children: ReactNode
  onSelect?: () => void
  disabled?: boolean
  danger?: boolean
  /** A link instead of an act: `render={<Link to="/account" />}`. */
  render?: ReactElement<Record<string, unknown>>
}

export function MenuItem({ children, onSelect, disabled = false, danger, render }: MenuItemProps) {
  const className = danger ? 'menu-item danger' : 'menu-item'
  if (render)
    return (
      <Base.LinkItem className={className} render={render} closeOnClick>
        {children}
      </Base.LinkItem>
    )
  return (
    <Base.Item className={className} disabled={disabled} onClick={() => onSelect?.()}>
      {children}
    </Base.Item>
  )
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <div className="menu-label">{children}</div>
)
export const MenuLine = () => <Base.Separator className="menu-line" />
