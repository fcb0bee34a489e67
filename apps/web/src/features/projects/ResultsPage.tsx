import { callUrl } from '@groundwork/client'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { errorText } from '../../api/error-text.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Empty, Pending } from '../../ui/bits.tsx'
import { formatNumber, formatPercent } from '../../ui/format.ts'
import { formatShare } from './figures.ts'
import { splitsOf } from './outcomes.ts'
import { outcomesQuery, useProject, whileLive } from './queries.ts'
import { Disagreements } from './results/Disagreements.tsx'
import { QuestionOutcome } from './results/QuestionOutcome.tsx'
import { SourceComparison } from './results/SourceComparison.tsx'
import './results/results.css'

/** What the judgments say: agreement, outcomes, and the tasks on which people differ. */
export function ResultsPage() {
  const { t } = useTranslation(['projects', 'results'])
  const project = useProject()
  const finding = useFinding()
  const { progress } = project
  const { data, error } = useQuery({ ...outcomesQuery(project.id), ...whileLive(project) })

  if (progress.judgments === 0) {
    return <Empty title={t('results.none')}>{t('results.noneHint')}</Empty>
  }
  const [first] = progress.agreementByQuestion
  const measured = first?.measure ?? 'alpha_nominal'
  const download = (
    <a className="btn" href={callUrl('getResults', { params: { id: project.id } })} download="results.ndjson">
      <Download className="icon" />
      {t('results.download')}
    </a>
  )
  return (
    <>
      <div className="results-head">
        <p className="lede num">{finding}</p>
        {download}
      </div>
      <dl className="facts results-facts">
        <div>
          <dt>{t('facts.agreement')}</dt>
          <dd>{progress.agreement?.percent == null ? '–' : formatPercent(progress.agreement.percent)}</dd>
          <dd className="sub">{t('results.agreementOf')}</dd>
        </div>
        <div>
          <dt>{t(`results:measures.${measured}`)}</dt>
          <dd>{first?.value == null ? '–' : formatShare(first.value)}</dd>
          <dd className="sub">{t(`results:measureOf.${measured}`)}</dd>
        </div>
        <div>
          <dt>{t('facts.confidence')}</dt>
          <dd>{progress.confidence == null ? '–' : formatShare(progress.confidence)}</dd>
          <dd className="sub">{t('facts.mean')}</dd>
        </div>
        {progress.gold.tasks > 0 && (
          <div>
            <dt>{t('results.gold')}</dt>
            <dd>
              {progress.gold.judged === 0 ? '–' : formatPercent(progress.gold.correct / progress.gold.judged)}
            </dd>
            <dd className="sub">
              {t('results.goldOf', {
                correct: formatNumber(progress.gold.correct),
                judged: formatNumber(progress.gold.judged),
                tasks: formatNumber(progress.gold.tasks),
              })}
            </dd>
          </div>
        )}
      </dl>
      {error && (
        <p className="form-error" role="alert">
          {errorText(error)}
        </p>
      )}
      {!data ? (
        !error && <Pending />
      ) : (
        <>
          {project.form.questions.map((question) => (
            <QuestionOutcome
              key={question.id}
              question={question}
              items={data.items}
              agreement={progress.agreementByQuestion.find((each) => each.question === question.id)}
            />
          ))}
          <Disagreements
            project={project}
            split={splitsOf(project.form, data.split.tasks)}
            total={data.split.total}
          />
          <SourceComparison project={project} />
        </>
      )}
    </>
  )
}

function useFinding(): string {
  const { t } = useTranslation('projects')
  const { progress, form } = useProject()
  const { gold, agreementByQuestion } = progress
  if (gold.judged > 0) {
    return t('results.findingGold', {
      share: formatPercent(gold.correct / gold.judged),
      count: gold.judged,
      number: formatNumber(gold.judged),
    })
  }
  const [first] = agreementByQuestion
  if (first?.percent != null) {
    return t(`results.finding.${first.measure}`, {
      question: form.questions.find(({ id }) => id === first.question)?.label ?? first.question,
      share: formatPercent(first.percent),
    })
  }
  return t('results.findingEarly', { count: progress.judgments, number: formatNumber(progress.judgments) })
}
