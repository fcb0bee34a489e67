import type { Question } from '@groundwork/contract'
import type { ComponentType, ReactNode } from 'react'
import { PreferenceView } from './PreferenceView.tsx'
import { TextView } from './TextView.tsx'

export type QuestionViewProps<Q extends Question = Question> = {
  question: Q
  value: unknown
  onChange: (value: unknown) => void
  /** Ids of the candidates in the order in which they stand on the screen. */
  candidates: readonly string[]
  /** Whether this question listens to the single keys of its type; one question of a form does. */
  ownsKeys: boolean
  /** Shown at the end of the question, such as where the draft is. */
  aside?: ReactNode
}

/** One view per question type; a new type is one file here and one line in this table. */
const views: { [T in Question['type']]: ComponentType<QuestionViewProps<Extract<Question, { type: T }>>> } = {
  preference: PreferenceView,
  text: TextView,
}

export function QuestionView(props: QuestionViewProps) {
  const View = views[props.question.type] as ComponentType<QuestionViewProps>
  return <View {...props} />
}

/** Whether a question needs the whole width of the main column; the others stand in the rail. */
export const isWide = (_question: Question): boolean => false
