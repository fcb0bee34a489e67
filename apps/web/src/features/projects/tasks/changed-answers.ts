import type { Question } from '@groundwork/contract'

type Answers = Readonly<Record<string, unknown>>

/** What a correction changed: of a question of the form, or of one that a former form asked, by its id. */
export type ChangedAnswer = { id: string; question: Question | undefined; before: unknown; after: unknown }

/** What differs between two answers: the questions in the order of the form, then those that it does not ask any more. */
export function changedAnswers(
  questions: readonly Question[],
  before: Answers,
  after: Answers,
): ChangedAnswer[] {
  const asked = questions.map(({ id }) => id)
  const former = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (id) => !asked.includes(id),
  )
  return [...asked, ...former]
    .filter((id) => !isSame(before[id], after[id]))
    .map((id) => ({
      id,
      question: questions.find((each) => each.id === id),
      before: before[id],
      after: after[id],
    }))
}

/** Whether two JSON values are the same, whatever the order of their keys; nothing is the same as null. */
function isSame(one: unknown, other: unknown): boolean {
  if (one == null || other == null || typeof one !== 'object' || typeof other !== 'object')
    return (one ?? null) === (other ?? null)
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [mine, theirs] = [one as Answers, other as Answers]
  return [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].every((key) =>
    isSame(mine[key], theirs[key]),
  )
}

type Version = { id: string; supersedes?: string | null | undefined }

/** A judgment with all that it corrects, the first answer first. */
export function lineOf<V extends Version>(judgment: V, history: readonly V[]): V[] {
  const line = [judgment]
  for (let before = line[0]?.supersedes; before; before = line[0]?.supersedes) {
    const version = history.find(({ id }) => id === before)
    if (!version || line.includes(version)) break
    line.unshift(version)
  }
  return line
}
