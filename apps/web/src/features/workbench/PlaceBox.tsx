import type { ReactNode } from 'react'
import { activate, placeElementId } from './active-question.ts'
import { HelpButton } from './HelpButton.tsx'
import type { Place } from './places.ts'

/** Around a question where it is asked: a touch or the focus makes it the active one. */
export function PlaceBox({
  taskId,
  place,
  active,
  helps = true,
  children,
}: {
  taskId: string
  place: Place
  /** Drawn as the one that single keys answer. */
  active: boolean
  /** Whether the question's help is opened from here. */
  helps?: boolean
  children: ReactNode
}) {
  const take = () => activate(taskId, place.id)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only follows where the person is; every control within has its own keys.
    <div
      className={helps && place.question.help ? 'q-place helps' : 'q-place'}
      id={placeElementId(place.id)}
      data-place={place.id}
      data-active={active || undefined}
      tabIndex={-1}
      onFocus={take}
      onPointerDown={take}
    >
      {children}
      {helps && <HelpButton question={place.question} />}
    </div>
  )
}
