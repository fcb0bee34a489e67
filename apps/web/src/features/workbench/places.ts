import type { Answer, Form, Question, ShownTask } from '@groundwork/contract'
import { eachOf, isAsked, isUnanswered, targetsOf } from '@groundwork/contract/checks'

/** Where something is asked: a question, or a question of one response or message. */
export type Place = {
  /** Names the place on the page, as its element and to `activate`. */
  id: string
  question: Question
  /** Of which response (its id) or message (`context:2`); undefined for a question of the whole task. */
  target: string | undefined
}

/** Name of a place, such as `accuracy` or `accuracy/a`. */
export const placeId = (questionId: string, target?: string): string =>
  target === undefined ? questionId : `${questionId}/${target}`

/** All that is asked now, in the order of the form; of each response in the order of the screen. */
export function placesOf(form: Form, answer: Answer, task: ShownTask): Place[] {
  return form.questions.flatMap((question) =>
    (targetsOf(question, task) ?? [undefined])
      .filter((target) => isAsked(form, question, answer, target))
      .map((target) => ({ id: placeId(question.id, target), question, target })),
  )
}

/** The value at a place; undefined when there is none. */
export function valueAt(answer: Answer, { question, target }: Place): unknown {
  const value = answer[question.id]
  return target === undefined ? value : byTarget(value)[target]
}

/** The whole value of a question after the value at one of its places has changed; undefined when nothing is left. */
export function withValueAt(answer: Answer, { question, target }: Place, value: unknown): unknown {
  if (target === undefined) return value
  const { [target]: _, ...others } = byTarget(answer[question.id])
  const changed = value === undefined ? others : { ...others, [target]: value }
  return Object.keys(changed).length === 0 ? undefined : changed
}

const byTarget = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}

/** Whether single keys answer a question; the others are written. */
export const takesKeys = ({ type }: Question): boolean =>
  !['text', 'rewrite', 'turns', 'sources'].includes(type)

/** The place to answer after this one: the next that single keys can answer and that is open, else the first such before it. */
export function nextOpen(
  places: readonly Place[],
  from: string,
  isOpen: (place: Place) => boolean,
): Place | undefined {
  const at = places.findIndex(({ id }) => id === from)
  const around = [...places.slice(at + 1), ...places.slice(0, Math.max(at, 0))]
  return around.find((place) => takesKeys(place.question) && isOpen(place))
}

/**
 * The place that is active: the one that was made active, and at first the first open one that has to be answered or that single keys can
 * answer.
 * @param wanted id of the place that was made active; it may be gone
 */
export function activePlace(
  places: readonly Place[],
  answer: Answer,
  wanted: string | null,
): Place | undefined {
  return (
    places.find(({ id }) => id === wanted) ??
    places.find(
      (place) =>
        (takesKeys(place.question) || place.question.required) && isUnanswered(valueAt(answer, place)),
    ) ??
    places.find(({ question }) => takesKeys(question)) ??
    places[0]
  )
}

/** Runs of places that are drawn together: all targets of one question, and neighbouring scales of each response as one grid. */
export function groupsOf(
  places: readonly Place[],
): { key: string; questions: Question[]; places: Place[]; grid: boolean }[] {
  const groups: ReturnType<typeof groupsOf> = []
  for (const place of places) {
    const last = groups.at(-1)
    const grid =
      isGrid(place.question) && places.filter(({ question }) => question === place.question).length > 1
    const same = last?.questions.includes(place.question)
    if (last && (same || (last.grid && grid))) {
      last.places.push(place)
      if (!same) last.questions.push(place.question)
    } else groups.push({ key: place.question.id, questions: [place.question], places: [place], grid })
  }
  return groups
}

/** Scales and short choices that are asked of each response stand in a grid, criterion by response. */
const isGrid = (question: Question): boolean =>
  eachOf(question) === 'candidate' &&
  ((question.type === 'scale' && question.points.length <= 10) ||
    (question.type === 'choice' && question.options.length <= 6))
