import {
  type Answer,
  eachOf,
  type Form,
  isUnanswered,
  type Question,
  stepsOf,
  type TaskPayload,
  targetsOf,
  validateAnswer,
} from '@groundwork/contract'
import type { Annotation, Verdict } from '@groundwork/formats'

/** One person or rule of the source, and what it says in answers to the questions of a form. */
export type SourceAnswer = { by: string | null; answer: Answer }

/**
 * What a source says about a task, as answers to a form: by whom, and only where a question asks for just that. Verdicts that no question of the
 * form asks for, and answers that the form would not accept, are left out.
 */
export function sourceAnswers(
  form: Form,
  task: TaskPayload,
  annotations: readonly Annotation[],
): SourceAnswer[] {
  const people = Map.groupBy(annotations, ({ by }) => by ?? null)
  return [...people].flatMap(([by, said]) => {
    const answer: Answer = {}
    for (const question of form.questions) {
      const value = answerTo(
        question,
        task,
        said.map(({ verdict }) => verdict),
      )
      if (value !== undefined && isAccepted(form, question, value, task)) answer[question.id] = value
    }
    return Object.keys(answer).length > 0 ? [{ by, answer }] : []
  })
}

/** What a source is sure of, question by question: its own conclusion, or else what everybody of it says alike. */
export function agreedAnswer(answers: readonly SourceAnswer[]): Answer | null {
  const agreed: Answer = {}
  for (const id of new Set(answers.flatMap(({ answer }) => Object.keys(answer)))) {
    const said = answers.filter(({ answer }) => !isUnanswered(answer[id]))
    const own = said.filter(({ by }) => by === null)
    const values = (own.length > 0 ? own : said).map(({ answer }) => answer[id])
    const [first] = values
    if (values.every((value) => JSON.stringify(value) === JSON.stringify(first))) agreed[id] = first
  }
  return Object.keys(agreed).length > 0 ? agreed : null
}

/** Held to the form as answers of trainers are; conditions are taken to hold, and not every response needs an answer. */
function isAccepted(form: Form, question: Question, value: unknown, task: TaskPayload): boolean {
  // Of a preference the outcome alone is enough to be compared with.
  if (question.type === 'preference') return ['a', 'b', ...question.ties].includes(String(value))
  const { showIf: _, ...alone } = question
  const only = { ...form, questions: [alone as Question] }
  return validateAnswer(only, { [question.id]: value }, task).every(({ code }) => code === 'required')
}

type Of<T extends Verdict['type']> = Extract<Verdict, { type: T }>
const only = <T extends Verdict['type']>(verdicts: readonly Verdict[], type: T): Of<T>[] =>
  verdicts.filter((each): each is Of<T> => each.type === type)

function answerTo(question: Question, task: TaskPayload, verdicts: readonly Verdict[]): unknown {
  switch (question.type) {
    case 'preference':
      return only(verdicts, 'pairwise').find(({ a, b }) => a === 'a' && b === 'b')?.outcome
    case 'ranking': {
      const [ranking] = only(verdicts, 'ranking')
      return ranking && { ranks: withoutGaps(ranking.ranks) }
    }
    case 'scale':
      return perCandidate(question, task, (candidate) => rating(question, candidate, verdicts))
    case 'choice': {
      const values = new Set(question.options.map(({ value }) => value))
      if (eachOf(question) === 'message') return undefined
      return perCandidate(question, task, (candidate) => {
        const said = only(verdicts, 'classification').flatMap(({ labels }) => labels)
        const [label] = eachOf(question) === 'task' ? said.filter((each) => values.has(each)) : []
        const named = said.flatMap((each) =>
          each.startsWith(`${candidate}: `) ? [each.slice(candidate.length + 2)] : [],
        )
        const own = named.find((each) => values.has(each))
        const thumb = only(verdicts, 'thumb').find((each) => each.candidate === candidate)
        return label ?? own ?? (thumb && thumbOption(values, thumb.good))
      })
    }
    case 'multichoice': {
      if (eachOf(question) !== 'task') return undefined
      const said = new Set(only(verdicts, 'classification').flatMap(({ labels }) => labels))
      const chosen = question.options.flatMap(({ value }) => (said.has(value) ? [value] : []))
      return chosen.length > 0 ? chosen : undefined
    }
    case 'steps':
      return perCandidate(question, task, (candidate) => {
        const judged = only(verdicts, 'steps').find((each) => each.candidate === candidate)
        const of = task.candidates.find(({ id }) => id === candidate)
        const texts = of ? stepsOf(of, question.split) : []
        if (!judged || judged.steps.length !== texts.length) return undefined
        return {
          candidate,
          steps: texts.map((text, index) => ({ text, label: judged.steps[index]?.label ?? null })),
        }
      })
    default:
      return undefined
  }
}

/** The answer for the only candidate of a question of the whole task, or a record by candidate; undefined when there is none. */
function perCandidate(question: Question, task: TaskPayload, of: (candidate: string) => unknown): unknown {
  if (eachOf(question) === 'task')
    return of(task.candidates.length === 1 ? (task.candidates[0]?.id ?? '') : '')
  if (eachOf(question) !== 'candidate') return undefined
  const given = (targetsOf(question, task) ?? []).flatMap((target) => {
    const value = of(target)
    return value === undefined ? [] : [[target, value] as const]
  })
  return given.length > 0 ? Object.fromEntries(given) : undefined
}

/** The rating of the criterion that is called as the question is. */
function rating(
  question: Extract<Question, { type: 'scale' }>,
  candidate: string,
  verdicts: readonly Verdict[],
): number | undefined {
  const wanted = new Set([nameOf(question.id), nameOf(question.label)])
  for (const { candidate: about, scores } of only(verdicts, 'rubric')) {
    if (about !== candidate) continue
    for (const [criterion, score] of Object.entries(scores))
      if (score !== null && wanted.has(nameOf(criterion))) return score
  }
  return undefined
}

const nameOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** Options that can only mean good, and bad. */
const GOOD = ['good', 'yes', 'up', 'thumbs_up', 'acceptable', 'accept']
const BAD = ['bad', 'no', 'down', 'thumbs_down', 'unacceptable', 'reject']
const thumbOption = (values: ReadonlySet<string>, good: boolean): string | undefined =>
  (good ? GOOD : BAD).find((value) => values.has(value))

/** 1, 2, 2, 4 → 1, 2, 2, 3: as answers count ranks. */
function withoutGaps(ranks: Of<'ranking'>['ranks']): Of<'ranking'>['ranks'] {
  const order = [...new Set(ranks.map(({ rank }) => rank))].toSorted((one, other) => one - other)
  return ranks.map(({ candidate, rank }) => ({ candidate, rank: order.indexOf(rank) + 1 }))
}
