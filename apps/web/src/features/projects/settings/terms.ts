import type { Audience, Form, Project, UpdateProject } from '@groundwork/contract'
import { isWithin } from '../CountField.tsx'
import { type PayDraft, priceOf } from '../pricing.ts'

/** What a project asks and offers, as one edits it. */
export type TermsDraft = {
  audience: Audience
  pay: PayDraft
  overlap: number
  reviewWindowDays: number
  leaseMinutes: number
  /** Fewest words of the reason; 0: may be left out. Null when the form asks for none. */
  reasonWords: number | null
}

export function termsOf(project: Project): TermsDraft {
  const { currency, hourly, estimateSeconds } = project.pay
  return {
    audience: project.audience,
    pay: { currency, hourly, estimateSeconds },
    overlap: project.overlap.judgments,
    reviewWindowDays: project.reviewWindowDays,
    leaseMinutes: project.leaseMinutes,
    reasonWords: reasonWordsOf(project.form),
  }
}

export function isValid(terms: TermsDraft): boolean {
  return (
    priceOf(terms.pay, 1, 1) !== null &&
    isWithin(terms.overlap, 1, 50) &&
    isWithin(terms.reviewWindowDays, 0, 60) &&
    isWithin(terms.leaseMinutes, 2, 1440) &&
    (terms.reasonWords === null || isWithin(terms.reasonWords, 0, 2_000))
  )
}

/** Only what differs, so that a change of the overlap makes no new version of the pay. */
export function changesBetween(project: Project, from: TermsDraft, to: TermsDraft): UpdateProject {
  const differs = (key: keyof TermsDraft) => JSON.stringify(from[key]) !== JSON.stringify(to[key])
  return {
    ...(differs('audience') && { audience: to.audience }),
    ...(differs('pay') && { pay: { ...to.pay, hourly: to.pay.hourly.trim() } }),
    ...(differs('overlap') && { overlap: to.overlap }),
    ...(differs('reviewWindowDays') && { reviewWindowDays: to.reviewWindowDays }),
    ...(differs('leaseMinutes') && { leaseMinutes: to.leaseMinutes }),
    ...(differs('reasonWords') &&
      to.reasonWords !== null && { form: withReasonWords(project.form, to.reasonWords) }),
  }
}

function reasonWordsOf(form: Form): number | null {
  const question = form.questions.find((each) => each.type === 'text')
  if (question?.type !== 'text') return null
  return question.required ? Math.max(1, question.minWords) : question.minWords
}

/** The form with its first text question asking for so many words; with none it may stay empty. */
export function withReasonWords(form: Form, words: number): Form {
  const first = form.questions.findIndex((each) => each.type === 'text')
  return {
    ...form,
    questions: form.questions.map((question, index) =>
      index === first && question.type === 'text'
        ? { ...question, minWords: words, required: words > 0 }
        : question,
    ),
  }
}
