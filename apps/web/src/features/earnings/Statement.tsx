import { callUrl } from '@groundwork/client'
import type { StatementLine } from '@groundwork/contract'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { workQuery } from '../../api/work.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty, Pending } from '../../ui/bits.tsx'
import { StatementTable } from './StatementTable.tsx'

const periods = { week: 7, month: 30, year: 365, all: null } as const
type Period = keyof typeof periods

/** The first day of a period of so many days that ends today. */
function fromDate(days: number | null): string | undefined {
  if (days === null) return undefined
  const day = new Date()
  day.setDate(day.getDate() - days + 1)
  return [
    day.getFullYear(),
    String(day.getMonth() + 1).padStart(2, '0'),
    String(day.getDate()).padStart(2, '0'),
  ].join('-')
}

/** Like a bank's: every line that changed the balance, newest first, and the same as a file. */
export function Statement() {
  const { t } = useTranslation(['earnings', 'common'])
  const [period, setPeriod] = useState<Period>('month')
  const [projectId, setProjectId] = useState('')
  const from = fromDate(periods[period])
  const filter = { ...(from && { from }), ...(projectId && { projectId }) }
  const { data: work } = useQuery(workQuery)
  const statement = useInfiniteQuery({
    queryKey: ['earnings', 'statement', filter],
    queryFn: ({ pageParam, signal }) =>
      client.getEarnings({
        query: { ...filter, limit: 50, ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })
  const lines: StatementLine[] = statement.data?.pages.flatMap((page) => page.statement) ?? []
  return (
    <section className="section" aria-labelledby="statement">
      <div className="section-head">
        <h2 id="statement">{t('statement.title')}</h2>
        <div className="earn-filters">
          <select
            className="input"
            aria-label={t('statement.period')}
            value={period}
            onChange={(event) => setPeriod(event.target.value as Period)}
          >
            {Object.keys(periods).map((each) => (
              <option key={each} value={each}>
                {t(`statement.periods.${each as Period}`)}
              </option>
            ))}
          </select>
          <select
            className="input"
            aria-label={t('statement.project')}
            value={projectId}
            onChange={(event) => setProjectId(event.target.value)}
          >
            <option value="">{t('statement.allProjects')}</option>
            {work?.projects.map((project) => (
              <option key={project.id} value={project.id}>
                {project.name}
              </option>
            ))}
          </select>
          <a
            className="btn s"
            href={callUrl('getEarningsCsv', { query: filter })}
            download="groundwork-earnings.csv"
          >
            <Download className="icon" />
            {t('statement.csv')}
          </a>
        </div>
      </div>
      {statement.isPending && <Pending />}
      {statement.isError && (
        <Empty
          title={errorText(statement.error)}
          act={<Button onClick={() => void statement.refetch()}>{t('common:actions.retry')}</Button>}
        />
      )}
      {statement.isSuccess &&
        (lines.length === 0 ? (
          <Empty title={t('statement.emptyTitle')}>{t('statement.empty')}</Empty>
        ) : (
          <>
            <StatementTable lines={lines} />
            <p className="earn-foot">
              {statement.hasNextPage && (
                <Button busy={statement.isFetchingNextPage} onClick={() => void statement.fetchNextPage()}>
                  {t('statement.older')}
                </Button>
              )}
              <span className="hint">{t('statement.note')}</span>
            </p>
          </>
        ))}
    </section>
  )
}
