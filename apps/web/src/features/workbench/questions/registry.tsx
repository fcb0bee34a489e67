import type { Question, ShownTask } from '@groundwork/contract'
import type { ComponentType, ReactNode } from 'react'
import { PreferenceView } from './PreferenceView.tsx'
import { TextView } from './TextView.tsx'

export type QuestionViewProps<Q extends Question = Question> = {
  question: Q
  /** The value so far, half-finished perhaps; of one target where the question is asked of each. */
  value: unknown
  onChange: (value: unknown) => void
  task: ShownTask
  /** Ids of the candidates in the order in which they stand on the screen. */
  candidates: readonly string[]
  /** The response or message that it is about, for a question that is asked of each. */
  target?: string | undefined
  /** Whether this question listens to the single keys of its type; one question of a form does. */
  ownsKeys: boolean
  /** Shown at the end of the question, such as where the draft is. */
  aside?: ReactNode
}

/** One view per question type; a new type is one file here and one line in this table. Heavy ones are loaded on demand. */
const views: { [T in Question['type']]?: ComponentType<QuestionViewProps<Extract<Question, { type: T }>>> } =
  {
    preference: PreferenceView,
    text: TextView,
  }

/** Questions that need the width of the responses; the others stand in the rail. */
export const isWide = (question: Question): boolean =>
  ['rewrite', 'steps', 'boxes', 'sources', 'turns'].includes(question.type)

export function QuestionView(props: QuestionViewProps) {
  const View = views[props.question.type] as ComponentType<QuestionViewProps> | undefined
  return View ? <View {...props} /> : null
}
