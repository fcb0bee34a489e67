import type { Project, TaskRow } from '@groundwork/contract'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Table } from '../../../ui/bits.tsx'
import { formatNumber, formatPercent } from '../../../ui/format.ts'
import { isOutcome, type Share } from '../outcomes.ts'
import { taskName } from '../task-name.ts'

const FEW = 12

/** The tasks on which people differ most, most split first: where the guideline is read in two ways, or the task is hard. */
export function Disagreements({
  project,
  split,
  partly,
}: {
  project: Project
  split: { task: TaskRow; shares: Share[] }[]
  /** Said behind the count when only the first tasks were looked through. */
  partly: string
}) {
  const { t } = useTranslation('projects')
  const [all, setAll] = useState(false)
  const shown = all ? split : split.slice(0, FEW)
  return (
    <section className="section" aria-labelledby="disagreements">
      <div className="section-head">
        <h2 id="disagreements">{t('results.split')}</h2>
        <p className="num">
          {split.length === 0 ? t('results.splitNone') : t('results.splitCount', { count: split.length })}
          {partly}
        </p>
        {split.length > FEW && (
          <div className="end">
            <Button className="link" onClick={() => setAll(!all)}>
              {t(all ? 'results.fewer' : 'results.all')}
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
            {shown.map(({ task, shares }) => (
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
                    {task.excerpt}
                  </span>
                </td>
                <td className="split-excerpt lo" dir="auto">
                  {task.excerpt}
                </td>
                <td>
                  <Answers shares={shares} />
                </td>
                <td className="nowrap lo">
                  <Decision task={task} />
                </td>
                <td className="num lo">{formatNumber(task.judgments)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}

function Answers({ shares }: { shares: Share[] }) {
  const { t } = useTranslation('projects')
  return (
    <span className="split-answers num">
      {shares.map(({ outcome, share }) => (
        <span key={outcome}>
          {t(`outcomes.${outcome}`)} <span className="faint">{formatPercent(share)}</span>
        </span>
      ))}
    </span>
  )
}

function Decision({ task }: { task: TaskRow }) {
  const { t } = useTranslation('projects')
  const values = Object.values(task.consensus ?? {}).map((consensus) => consensus.value)
  const value = values.find(isOutcome)
  return value ? t(`outcomes.${value}`) : <span className="caution">{t('outcomes.undecided')}</span>
}
