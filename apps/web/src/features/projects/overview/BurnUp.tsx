import type { Project } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Table } from '../../../ui/bits.tsx'
import { formatDay, formatNumber } from '../../../ui/format.ts'
import { timelineQuery, whileLive } from '../queries.ts'
import { aboutWhen } from '../status.ts'
import { type Course, courseOf, type Day } from './burn-up.ts'

// The chart library is large and is wanted here only.
const BurnUpChart = lazy(() =>
  import('./BurnUpChart.tsx').then((module) => ({ default: module.BurnUpChart })),
)

/** Tasks done over time with the forecast; the finding is the title, the table stands behind it. */
export function BurnUp({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const { data, dataUpdatedAt } = useQuery({ ...timelineQuery(project.id), ...whileLive(project) })
  const days = data?.days
  const [asTable, setAsTable] = useState(false)
  const course = useMemo(
    () => (days ? courseOf(project, days, dataUpdatedAt) : null),
    [project, days, dataUpdatedAt],
  )
  return (
    <figure className="burn-up">
      <h2>{useFinding(project, course)}</h2>
      {course && days ? (
        <>
          <p className="faint">{t('burnUp.what')}</p>
          {asTable ? (
            <DaysTable days={days} />
          ) : (
            <Suspense fallback={<div className="burn-up-place" />}>
              <BurnUpChart course={course} ended={project.state === 'finished'} />
            </Suspense>
          )}
          <p className="faint">
            {course.forecast &&
              `${t('burnUp.pace', { count: project.progress.recentJudgments, number: formatNumber(project.progress.recentJudgments) })} `}
            <Button look={undefined} className="link" onClick={() => setAsTable(!asTable)}>
              {t(asTable ? 'burnUp.chart' : 'burnUp.table')}
            </Button>
          </p>
        </>
      ) : (
        <p className="faint">{t('burnUp.none')}</p>
      )}
    </figure>
  )
}

function useFinding(project: Project, course: Course | null): string {
  const { t } = useTranslation('projects')
  const { progress, state } = project
  const left = formatNumber(progress.tasks - progress.tasksDone)
  if (course?.forecast) return t('burnUp.finishes', { when: aboutWhen(course.forecast[1].at.toISOString()) })
  if (progress.tasks > 0 && progress.tasksDone === progress.tasks) {
    return t('burnUp.allDone', { count: progress.tasks, number: formatNumber(progress.tasks) })
  }
  if (state === 'finished') return t('burnUp.finishedEarly', { left })
  if (state === 'paused') return t('burnUp.paused', { left })
  return t(progress.judgments === 0 ? 'burnUp.waiting' : 'burnUp.quiet', { left })
}

function DaysTable({ days }: { days: Day[] }) {
  const { t } = useTranslation('projects')
  return (
    <Table caption={t('burnUp.what')}>
      <thead>
        <tr>
          <th scope="col">{t('burnUp.day')}</th>
          <th scope="col" className="num">
            {t('burnUp.tasks')}
          </th>
          <th scope="col" className="num">
            {t('burnUp.judgments')}
          </th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.date}>
            <td>{formatDay(`${day.date}T12:00:00Z`)}</td>
            <td className="num">{formatNumber(day.tasksDone)}</td>
            <td className="num">{formatNumber(day.judgments)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
