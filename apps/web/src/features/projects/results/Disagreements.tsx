import type { Project } from '@groundwork/contract'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Table } from '../../../ui/bits.tsx'
import { formatNumber, formatPercent } from '../../../ui/format.ts'
import { formatShare } from '../figures.ts'
import { type Split, sharesOf } from '../outcomes.ts'
import { plainExcerpt, taskName } from '../task-name.ts'
import { useNames } from './use-names.ts'

const FEW = 12

/** The tasks on which people differ most, most split first: where the guideline is read in two ways, or the task is hard. */
export function Disagreements({
  project,
  split,
  total,
}: {
  project: Project
  /** The most split ones. */
  split: Split[]
  /** How many there are in all. */
  total: number
}) {
  const { t } = useTranslation('projects')
  const [all, setAll] = useState(false)
  const shown = all ? split : split.slice(0, FEW)
  return (
    <section className="section" aria-labelledby="disagreements">
      <div className="section-head">
        <h2 id="disagreements">{t('results.split')}</h2>
        <p className="num">
          {total === 0
            ? t('results.splitNone')
            : t('results.splitCount', { count: total, number: formatNumber(total) })}
          {all && total > split.length && t('results.splitShown', { number: formatNumber(split.length) })}
        </p>
        {split.length > FEW && (
          <div className="end">
            <Button className="link" onClick={() => setAll(!all)}>
              {all
                ? t('results.fewer')
                : total > split.length
                  ? t('results.first', { number: formatNumber(split.length) })
                  : t('results.all')}
            </Button>
          </div>
        )}
      </div>
      {split.length > 0 && (
        <Table caption={t('table', { title: t('results.split') })} className="split-table">
          <thead>
            <tr>
              <th scope="col">{t('tasks.task')}</th>
              <th scope="col" className="lo">
                {t('tasks.excerpt')}
              </th>
              <th scope="col">{t('results.answers')}</th>
              <th scope="col" className="lo">
                {t('tasks.consensus')}
              </th>
              <th scope="col" className="num lo">
                {t('tasks.judgments')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => {
              const { task } = each
              return (
                <tr key={task.id}>
                  <td className="nowrap split-id">
                    <Link
                      to="/projects/$projectId/tasks"
                      params={{ projectId: project.id }}
                      search={{ task: task.id }}
                    >
                      {taskName(task)}
                    </Link>
                    <span className="sub only-phone" dir="auto">
                      {plainExcerpt(task.excerpt)}
                    </span>
                  </td>
                  <td className="split-excerpt lo" dir="auto">
                    {plainExcerpt(task.excerpt)}
                  </td>
                  <td>
                    <Answers split={each} named={project.form.questions.length > 1} />
                  </td>
                  <td className="nowrap lo">
                    <Decision split={each} />
                  </td>
                  <td className="num lo">{formatNumber(task.judgments)}</td>
                </tr>
              )
            })}
          </tbody>
        </Table>
      )}
    </section>
  )
}

/** So many answers are named. */
const SAID = 4

/** What people say: each answer with its share, or how far they agree where answers are too many to name. */
function Answers({ split: { question, part, consensus }, named }: { split: Split; named: boolean }) {
  const { t } = useTranslation(['results', 'projects'])
  const { valueName, partName } = useNames()
  const shares = question.type === 'ranking' ? [] : sharesOf(consensus).slice(0, SAID)
  return (
    <>
      {named && (
        <span className="split-question">
          {[question.label, partName(question, part)].filter(Boolean).join(', ')}
        </span>
      )}
      <span className="split-answers num">
        {shares.map(({ value, share }) => (
          <span key={value}>
            {valueName(question, value)} <span className="faint">{formatPercent(share)}</span>
          </span>
        ))}
        {shares.length === 0 && consensus.agreement != null && (
          <span>{t('agreementOf', { share: formatShare(consensus.agreement) })}</span>
        )}
      </span>
    </>
  )
}

function Decision({ split: { question, consensus } }: { split: Split }) {
  const { t } = useTranslation('projects')
  const { shortName } = useNames()
  if (consensus.value === null) return <span className="caution">{t('outcomes.undecided')}</span>
  return shortName(question, consensus)
}
