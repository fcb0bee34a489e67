import type { ReactNode } from 'react'

/** What went wrong and belongs to no field; read out when it appears. Put it beside the button. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className="problem">
      {children && <p className="form-error">{children}</p>}
    </div>
  )
}
