import type { WorkProject } from '@groundwork/contract'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/session.ts'
import { earningsQuery, workQuery } from '../../api/work.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Empty } from '../../ui/bits.tsx'
import { formatDay } from '../../ui/format.ts'
import { useTitle } from '../../ui/use-title.ts'
import { AvailableTable } from './AvailableTable.tsx'
import { WeekSummary } from './WeekSummary.tsx'
import './home.css'

/** A trainer's start: what the week brought, what there is to do, and why there is nothing where there is nothing. */
export function HomePage() {
  const { t } = useTranslation('home')
  useTitle(t('pageTitle'))
  return useMe().trainer ? <TrainerHome /> : <Newcomer />
}

function TrainerHome() {
  const { t } = useTranslation('home')
  const { data: work } = useSuspenseQuery(workQuery)
  const { data: earnings } = useQuery(earningsQuery)
  const open = work.projects.filter((project) => project.reason === null).toSorted(byWage)
  const closed = work.projects.filter((project) => project.reason !== null)
  const tasks = open.reduce((sum, project) => sum + project.openToYou, 0)
  const lastDay = earnings?.week.days.at(-1)?.date
  return (
    <>
      <div className="page-head">
        <h1>{t('title')}</h1>
        {lastDay && <span className="faint small nowrap">{t('span', { day: formatDay(lastDay) })}</span>}
        <div className="end">
          <Link className="btn s" to="/recent-work">
            {t('recent')}
          </Link>
        </div>
      </div>
      {earnings && <WeekSummary earnings={earnings} />}
      <section className="section" aria-labelledby="available">
        <div className="section-head">
          <h2 id="available">{t('available.title')}</h2>
          {open.length > 0 && <p className="num">{t('available.count', { count: open.length, tasks })}</p>}
        </div>
        {work.projects.length === 0 ? (
          <Empty title={t('empty.title')}>{t('empty.body')}</Empty>
        ) : (
          <AvailableTable open={open} closed={closed} />
        )}
      </section>
    </>
  )
}

/** What is begun comes first, then what pays best for a real hour; the promise counts until there is a measurement. */
function byWage(one: WorkProject, other: WorkProject): number {
  const wage = (project: WorkProject) => Number((project.trueWage ?? project.pay.hourly).amount)
  return Number(other.inProgress) - Number(one.inProgress) || wage(other) - wage(one)
}

function Newcomer() {
  const { t } = useTranslation('home')
  return (
    <>
      <p className="lede">{t('newcomer.title')}</p>
      <p className="home-welcome">{t('newcomer.body')}</p>
      <p className="home-acts">
        <Link className="btn primary" to="/account">
          {t('newcomer.trainer')}
        </Link>
        <Link className="btn" to="/organization">
          {t('newcomer.team')}
        </Link>
      </p>
    </>
  )
}
