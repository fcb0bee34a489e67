import type { Question } from '@groundwork/contract'
import { type AnswerTask, eachOf, isUnanswered, targetsOf } from '@groundwork/contract/checks'
import { Component, type ComponentType, lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { useTargetName } from '../task/target-name.ts'
import { SourcesAnswer, SpansAnswer, StepsAnswer } from './mark-answers.tsx'
import { ChoiceAnswer, PreferenceAnswer, RankingAnswer, ScaleAnswer } from './short-answers.tsx'
import { RewriteAnswer, TextAnswer, TurnsAnswer } from './written-answers.tsx'
import './answer.css'

const BoxesAnswer = lazy(() => import('./BoxesAnswer.tsx'))

/** What every view of an answer gets. `value` has the shape of its question, or is a consensus of that shape. */
export type AnswerProps<Q extends Question = Question> = { question: Q; value: unknown; task: AnswerTask }

const views: { [T in Question['type']]: ComponentType<AnswerProps<Extract<Question, { type: T }>>> } = {
  preference: PreferenceAnswer,
  ranking: RankingAnswer,
  scale: ScaleAnswer,
  choice: ChoiceAnswer,
  multichoice: ChoiceAnswer,
  text: TextAnswer,
  rewrite: RewriteAnswer,
  spans: SpansAnswer,
  steps: StepsAnswer,
  boxes: BoxesAnswer,
  sources: SourcesAnswer,
  turns: TurnsAnswer,
}

/** The answer to one question, to read: of each response or message where it is asked of each. A value of another shape is shown as it is. */
export function AnswerView({ question, value, task }: AnswerProps) {
  const { t } = useTranslation('answer')
  const nameOf = useTargetName(task)
  if (isUnanswered(value)) return <span className="faint">{t('none')}</span>
  if (eachOf(question) === 'task') return <OneAnswer question={question} value={value} task={task} />
  const byTarget = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  const targets = targetsOf(question, task) ?? []
  return (
    <dl className="answer-each">
      {[...targets, ...Object.keys(byTarget).filter((key) => !targets.includes(key))]
        .filter((target) => !isUnanswered(byTarget[target]))
        .map((target) => (
          <div key={target}>
            <dt>{nameOf(target)}</dt>
            <dd>
              <OneAnswer question={question} value={byTarget[target]} task={task} />
            </dd>
          </div>
        ))}
    </dl>
  )
}

function OneAnswer({ question, value, task }: AnswerProps) {
  const View = views[question.type] as ComponentType<AnswerProps>
  return (
    <AsItIs value={value}>
      <Suspense fallback={null}>
        <View question={question} value={value} task={task} />
      </Suspense>
    </AsItIs>
  )
}

/** An answer to a former form, or from a file, may have any shape: then its text is shown, and the page stays. */
class AsItIs extends Component<{ value: unknown; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  override render() {
    if (!this.state.failed) return this.props.children
    return <code className="answer-raw">{JSON.stringify(this.props.value).slice(0, 2_000)}</code>
  }
}
