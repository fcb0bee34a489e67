import type { ComponentProps } from 'react'

export type ButtonProps = ComponentProps<'button'> & {
  /** `primary`: the one main act of a view; `quiet`: tools; `danger`: destructive; `waiting`: not possible yet. */
  look?: 'primary' | 'quiet' | 'danger' | 'waiting' | undefined
  size?: 's' | 'l' | undefined
  /** Only an icon inside: give `aria-label` too. */
  iconOnly?: boolean | undefined
  /** The act is under way: the button says so and does nothing. */
  busy?: boolean | undefined
}

export function Button({ look, size, iconOnly, busy, className, onClick, ...rest }: ButtonProps) {
  const classes = ['btn', look, size, iconOnly && 'icon-only', className].filter(Boolean).join(' ')
  return (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    />
  )
}
