import type { ReactNode } from 'react'

/** The bar at the foot of a step: back, a note, the way on. It stays in view. */
export function StepFoot({
  back,
  note,
  children,
}: {
  back?: ReactNode
  note?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="wizard-foot">
      {back}
      <span className="note muted small" role="status">
        {note}
      </span>
      {children}
    </div>
  )
}
