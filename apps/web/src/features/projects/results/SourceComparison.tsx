import type { SourceComparison as Comparison, Project } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Table } from '../../../ui/bits.tsx'
import { formatNumber, formatPercent } from '../../../ui/format.ts'
import { sourceComparisonQuery, whileLive } from '../queries.ts'

type Row = { key: string; name: string; answers: Comparison['annotators'][number]['answers'] }

/** Judgments that came with the tasks beside those of the project's own people; nothing where no task came with any. */
export function SourceComparison({ project }: { project: Project }) {
  const { t } = useTranslation('results')
  const { data } = useQuery({ ...sourceComparisonQuery(project.id), ...whileLive(project) })
  if (!data || data.tasks.all === 0) return null
  const annotators = data.annotators.map(({ annotator, answers }) => ({
    key: annotator ?? '',
    name: annotator ?? t('references.file'),
    answers,
  }))
  const trainers = data.trainers.map(({ trainer, answers }) => ({
    key: trainer.id,
    name: trainer.name,
    answers,
  }))
  return (
    <section className="section" aria-labelledby="source-comparison">
      <div className="section-head">
        <h2 id="source-comparison">{t('source.title')}</h2>
        <p className="num">
          {t('source.tasks', { count: data.tasks.all, number: formatNumber(data.tasks.all) })}
          {data.tasks.seen < data.tasks.all &&
            ` ${t('source.seen', { number: formatNumber(data.tasks.seen) })}`}
        </p>
      </div>
      {annotators.length === 0 ? (
        <p className="hint">{t('source.none')}</p>
      ) : (
        <>
          <Rows project={project} rows={annotators} title={t('source.annotators')} />
          {data.moreAnnotators > 0 && (
            <p className="hint">{t('source.more', { count: data.moreAnnotators })}</p>
          )}
        </>
      )}
      {trainers.length > 0 && <Rows project={project} rows={trainers} title={t('source.trainers')} />}
    </section>
  )
}

/** One line a person and question, with how often they say the same. */
function Rows({ project, rows, title }: { project: Project; rows: Row[]; title: string }) {
  const { t } = useTranslation('results')
  const label = (id: string) => project.form.questions.find((question) => question.id === id)?.label ?? id
  return (
    <Table caption={title} className="source-table">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t('source.question')}</th>
          <th scope="col" className="num">
            {t('source.same')}
          </th>
          <th scope="col" className="num">
            {t('source.compared')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, answers }) => (
          <Fragment key={key}>
            {answers.map(({ question, tasks, same }, index) => (
              <tr key={question}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={answers.length}>
                    {name}
                  </th>
                )}
                <td>{label(question)}</td>
                <td className="num">{formatPercent(same / tasks)}</td>
                <td className="num">{formatNumber(tasks)}</td>
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  )
}
