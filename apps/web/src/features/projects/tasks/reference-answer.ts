import type { Question, ReferenceJudgment } from '@groundwork/contract'
import { type AnswerTask, partsOf } from '@groundwork/contract/checks'

/** A judgment of a source as an answer to a question that this project need not have; `about`: of what it speaks. */
export type ReferenceAnswer = { question: Question; value: unknown; about?: string | undefined }

/** What a judgment of a source says, as {@link ReferenceAnswer}s, or in words where it is no answer to any question. */
export type Said =
  | { kind: 'answers'; answers: ReferenceAnswer[] }
  | { kind: 'better'; better: string; other: string }
  | { kind: 'tied'; candidates: [string, string] }
  | { kind: 'scores'; candidate: string; scores: [criterion: string, score: number | null][] }
  | { kind: 'thumb'; candidate: string; good: boolean }
  | { kind: 'model'; candidate: string; rewriteOf: string | undefined }
  | { kind: 'attack'; success: number | null; tags: string[] }

// biome-ignore lint/suspicious/noExplicitAny: verdicts come from files as they were checked at import; the page shows any other shape as it is.
type Fields = any

const base = { id: 'reference', label: '', required: false } as const

/** @returns null for what has none of the shapes of a verdict */
export function referenceAnswer(verdict: ReferenceJudgment['verdict'], task: AnswerTask): Said | null {
  try {
    return readVerdict(verdict, task)
  } catch {
    return null
  }
}

function readVerdict(verdict: Fields, task: AnswerTask): Said | null {
  const one = (question: Fields, value: unknown, about?: string): Said => ({
    kind: 'answers',
    answers: [{ question: { ...base, ...question }, value, about }],
  })
  switch (verdict.type) {
    case 'pairwise':
      return comparison(verdict, one)
    case 'ranking':
      return one({ type: 'ranking', ties: true, partial: true }, { ranks: [...verdict.ranks] })
    case 'rubric':
      return { kind: 'scores', candidate: verdict.candidate, scores: Object.entries(verdict.scores) }
    case 'thumb':
      return { kind: 'thumb', candidate: verdict.candidate, good: verdict.good }
    case 'demonstration':
      return { kind: 'model', candidate: verdict.candidate, rewriteOf: verdict.rewriteOf }
    case 'steps':
      return one({ type: 'steps' }, { steps: [...verdict.steps] }, verdict.candidate)
    case 'classification':
      return one({ type: 'multichoice', options: [] }, [...verdict.labels])
    case 'spans': {
      const spans = verdict.spans.map(({ start, end, quote, labels }: Fields) => {
        const target = verdict.target.includes(':') ? verdict.target : `${verdict.target}:0`
        return { target, part: 0, start, end, quote, category: labels.join(', ') }
      })
      return one({ type: 'spans', categories: [], severities: [] }, { spans })
    }
    case 'boxes': {
      const image = partsOf(task).find(({ kind }) => kind === 'image')
      const at = { target: image?.target ?? 'context:0', part: image?.part ?? 0, shape: 'rectangle' }
      const boxes = verdict.boxes.map((each: object) => ({ ...each, ...at }))
      return one({ type: 'boxes', labels: [] }, { boxes })
    }
    case 'text':
      return one({ type: 'text' }, verdict.text)
    case 'redteam':
      return { kind: 'attack', success: verdict.success, tags: [...verdict.tags] }
    default:
      return null
  }
}

/** "A is better, clearly" of the first two responses, which a scale shows; of others in words. */
function comparison(
  { a, b, outcome, strength }: Fields,
  one: (question: object, value: unknown) => Said,
): Said {
  if (a === 'a' && b === 'b') {
    const graded = Number.isInteger(strength) && (strength !== 0 || outcome === 'tie')
    return one({ type: 'preference' }, graded ? { outcome, strength } : outcome)
  }
  if (outcome === 'a') return { kind: 'better', better: a, other: b }
  return outcome === 'b' ? { kind: 'better', better: b, other: a } : { kind: 'tied', candidates: [a, b] }
}
