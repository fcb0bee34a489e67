import type { Outcome, Question, QuestionAgreement } from '@groundwork/contract'
import { useTranslation } from '../../../i18n/react.ts'
import { Table } from '../../../ui/bits.tsx'
import { formatNumber, formatPercent } from '../../../ui/format.ts'
import { formatShare } from '../figures.ts'
import { type Counts, type Means, NO_MAJORITY, summariesOf, UNDECIDED } from './summaries.ts'
import { useNames } from './use-names.ts'

/** So many values are shown of a question; the download has all. */
const MOST = 20

/** How the tasks came out on one question: bars with their figures in a table. */
export function QuestionOutcome({
  question,
  items,
  agreement,
}: {
  question: Question
  /** What all tasks come to, on every question. */
  items: readonly Outcome[]
  /** How far people agree on it; of a preference with axes on the whole. */
  agreement: QuestionAgreement | undefined
}) {
  const { t } = useTranslation(['results', 'projects'])
  const { partName } = useNames()
  const id = `outcome-${question.id}`
  const summaries = summariesOf(question, items)
  if (summaries.length === 0) return null
  const several = summaries.some(({ part }) => part?.axis !== undefined || part?.target !== undefined)
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{question.label}</h2>
        {agreement?.percent != null && (
          <p className="num">
            {t('agreement', {
              share: formatPercent(agreement.percent),
              count: agreement.tasks,
              number: formatNumber(agreement.tasks),
            })}
          </p>
        )}
      </div>
      {summaries.map((summary, index) => {
        const part = summary.part ? partName(question, summary.part) : ''
        const what = summary.kind === 'counts' && summary.of === 'marks' ? t('marks') : ''
        const name = [question.label, part, what].filter(Boolean).join(', ')
        const head = several && (part || t('overall'))
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the summaries of one question do not move.
          <div className="outcome" key={index}>
            {head && <h3>{head}</h3>}
            {summary.kind === 'counts' && <CountsTable name={name} question={question} counts={summary} />}
            {summary.kind === 'means' && <MeansTable name={name} question={question} means={summary} />}
            {summary.kind === 'marked' && (
              <p className="muted num">
                {t('markedOf', {
                  count: summary.tasks,
                  number: formatNumber(summary.tasks),
                  marked: formatNumber(summary.marked),
                })}
              </p>
            )}
            {summary.kind === 'answered' && (
              <p className="muted num">
                {t('answered', {
                  answers: formatNumber(summary.answers),
                  tasks: formatNumber(summary.tasks),
                })}
              </p>
            )}
          </div>
        )
      })}
    </section>
  )
}

function CountsTable({
  name,
  question,
  counts: { of, total, rows },
}: {
  name: string
  question: Question
  counts: Counts
}) {
  const { t } = useTranslation(['results', 'projects'])
  const { valueName } = useNames()
  // What is undecided is no finding; it has its row.
  const first = rows.find(({ value }) => value !== UNDECIDED && value !== NO_MAJORITY)
  return (
    <>
      <p className="outcome-says num">
        {first &&
          t(of === 'tasks' ? 'lead.tasks' : 'lead.marks', {
            name: valueName(question, first.value),
            share: formatPercent(first.count / total),
            count: total,
            number: formatNumber(total),
          })}
      </p>
      <Table caption={t('projects:table', { title: name })} className="outcome-table">
        <thead>
          <tr>
            <th scope="col">{t('projects:results.outcome')}</th>
            <th scope="col">{t('projects:results.share')}</th>
            <th scope="col" className="num">
              {t('projects:results.percent')}
            </th>
            <th scope="col" className="num">
              {t(of === 'tasks' ? 'projects:results.tasks' : 'marks')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST).map(({ value, count }) => (
            <tr key={value}>
              <td>{valueName(question, value)}</td>
              <td>
                <span className="bar" aria-hidden="true">
                  <i style={{ inlineSize: `${(100 * count) / total}%` }} />
                </span>
              </td>
              <td className="num">{formatPercent(count / total)}</td>
              <td className="num">{formatNumber(count)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  )
}

function MeansTable({
  name,
  question,
  means: { least, most, rows },
}: {
  name: string
  question: Question
  means: Means
}) {
  const { t } = useTranslation(['results', 'projects'])
  const { partName } = useNames()
  const at = (value: number) => (100 * (value - least)) / Math.max(most - least, 1)
  const isRank = question.type === 'ranking'
  // A response that few tasks have does not stand before those that most have.
  const enough = Math.max(...rows.map(({ tasks }) => tasks)) / 2
  const usual = rows.filter(({ tasks }) => tasks >= enough)
  const best = usual.toSorted((one, other) => (isRank ? one.mean - other.mean : other.mean - one.mean))[0]
  const bestName = best ? partName(question, best.part) : ''
  return (
    <>
      <p className="outcome-says num">
        {best &&
          t(isRank ? 'lead.rank' : bestName ? 'lead.best' : 'lead.mean', {
            name: bestName,
            mean: formatShare(best.mean),
            most: formatNumber(most, 2),
            count: best.tasks,
            number: formatNumber(best.tasks),
          })}
      </p>
      <Table caption={t('projects:table', { title: name })} className="outcome-table">
        <thead>
          <tr>
            <th scope="col">{t('about')}</th>
            <th scope="col">{t('range', { least: formatNumber(least, 2), most: formatNumber(most, 2) })}</th>
            <th scope="col" className="num">
              {t(isRank ? 'meanRank' : 'mean')}
            </th>
            <th scope="col" className="num">
              {t('spread')}
            </th>
            <th scope="col" className="num">
              {t('projects:results.tasks')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ part, mean, spread, tasks }) => (
            <tr key={`${part.key} ${part.target ?? ''}`}>
              <td className="nowrap">{partName(question, part) || t('allTasks')}</td>
              <td>
                <span className="mean-bar" aria-hidden="true">
                  {spread !== null && (
                    <i
                      style={{
                        insetInlineStart: `${Math.max(0, at(mean - spread))}%`,
                        insetInlineEnd: `${Math.max(0, 100 - at(mean + spread))}%`,
                      }}
                    />
                  )}
                  <b style={{ insetInlineStart: `${at(mean)}%` }} />
                </span>
              </td>
              <td className="num">{formatShare(mean)}</td>
              <td className="num">{spread === null ? '–' : formatShare(spread)}</td>
              <td className="num">{formatNumber(tasks)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  )
}
