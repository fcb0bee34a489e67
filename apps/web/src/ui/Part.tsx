import { type ReactNode, useId } from 'react'

/** A part of a form: what it is about at the side, its controls beside it. */
export function Part({
  title,
  about,
  id,
  children,
}: {
  title: string
  about?: ReactNode
  id?: string
  children: ReactNode
}) {
  const titleId = useId()
  return (
    <section className="part" aria-labelledby={titleId} id={id}>
      <div>
        <h2 id={titleId}>{title}</h2>
        {about && <p>{about}</p>}
      </div>
      <div className="stack">{children}</div>
    </section>
  )
}
