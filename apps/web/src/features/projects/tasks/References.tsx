import type { ReferenceJudgment, TaskDetail } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { AnswerView } from '../../../ui/answer/AnswerView.tsx'
import { formatNumber } from '../../../ui/format.ts'
import { useTargetName } from '../../../ui/task/target-name.ts'
import { referencesQuery } from '../queries.ts'
import { referenceAnswer } from './reference-answer.ts'

/** Judgments that came with the task in its file, each under the name of who gave it. Nothing where there are none. */
export function References({ projectId, task }: { projectId: string; task: TaskDetail }) {
  const { t } = useTranslation('results')
  const { data, error } = useQuery(referencesQuery(projectId, task.id))
  if (error) {
    return (
      <p className="form-error" role="alert">
        {errorText(error)}
      </p>
    )
  }
  if (!data || data.items.length === 0) return null
  return (
    <section aria-labelledby="sheet-references">
      <div className="section-head">
        <h3 id="sheet-references">{t('references.title')}</h3>
        <p>{t('references.hint')}</p>
      </div>
      <ul className="list judgments">
        {data.items.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what came with a task does not move.
          <li key={index}>
            <div className="judgment-head">
              <h4 dir="auto">{each.by ?? t('references.file')}</h4>
            </div>
            <Verdict verdict={each.verdict} task={task.payload} />
            {each.rationale && (
              <p className="judgment-reason" dir="auto">
                {each.rationale}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Verdict({ verdict, task }: { verdict: ReferenceJudgment['verdict']; task: TaskDetail['payload'] }) {
  const { t } = useTranslation('results')
  const nameOf = useTargetName(task)
  const said = referenceAnswer(verdict, task)
  switch (said?.kind) {
    case 'answers':
      return said.answers.map(({ question, value, about }) => (
        <div key={question.type}>
          {about !== undefined && <p className="muted small">{nameOf(about)}</p>}
          <AnswerView question={question} value={value} task={task} />
        </div>
      ))
    case 'better':
      return <p>{t('references.better', { name: nameOf(said.better), other: nameOf(said.other) })}</p>
    case 'tied':
      return <p>{t('references.tied', { name: said.candidates.map(nameOf).join(' = ') })}</p>
    case 'scores':
      return (
        <>
          <p className="muted small">{nameOf(said.candidate)}</p>
          <dl className="answer-each">
            {said.scores.map(([criterion, score]) => (
              <div key={criterion}>
                <dt dir="auto">{criterion}</dt>
                <dd className="num">{score === null ? '–' : formatNumber(score, 2)}</dd>
              </div>
            ))}
          </dl>
        </>
      )
    case 'thumb':
      return <p>{t(said.good ? 'references.good' : 'references.bad', { name: nameOf(said.candidate) })}</p>
    case 'model':
      return (
        <p>
          {said.rewriteOf === undefined
            ? t('references.model', { name: nameOf(said.candidate) })
            : t('references.rewrite', { name: nameOf(said.candidate), other: nameOf(said.rewriteOf) })}
        </p>
      )
    case 'attack':
      return (
        <p>
          {[
            said.success === null ? '' : t('references.attack', { success: formatNumber(said.success, 2) }),
            said.tags.join(', '),
          ]
            .filter(Boolean)
            .join('; ') || '–'}
        </p>
      )
    default:
      return <code className="answer-raw">{JSON.stringify(verdict)}</code>
  }
}
