import type { MyJudgment } from '@groundwork/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Empty, Pending, Table, Time } from '../../../ui/bits.tsx'
import { formatRelative } from '../../../ui/format.ts'
import { plainText } from '../../../ui/markdown/plain.ts'
import { visible } from '../../../ui/markdown/unseen.tsx'
import './desk.css'

/**
 * The trainer's own judgments, newest first, with what became of each and the way to correct it.
 * @param projectId of one project only; otherwise each says which project it is of
 */
export function RecentList({ projectId }: { projectId?: string | undefined }) {
  const { t } = useTranslation(['desk', 'common'])
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['my-judgments', 'list', projectId],
    queryFn: ({ pageParam, signal }) =>
      client.listMyJudgments({
        query: { ...(projectId && { projectId }), ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="recent-work">
      {isPending && <Pending />}
      {error && <p role="alert">{errorText(error)}</p>}
      {data && items.length === 0 && <Empty title={t('recent.empty')} />}
      {items.length > 0 && (
        <Table caption={t('recent.title')}>
          <thead>
            <tr>
              <th scope="col">{t('recent.task')}</th>
              <th scope="col">{t('recent.submitted')}</th>
              <th scope="col">{t('recent.state')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Row key={item.id} item={item} named={projectId === undefined} />
            ))}
          </tbody>
        </Table>
      )}
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('recent.more')}
        </Button>
      )}
    </div>
  )
}

function Row({ item, named }: { item: MyJudgment; named: boolean }) {
  const { t } = useTranslation('desk')
  return (
    <tr>
      <td>
        <span className="excerpt" dir="auto">
          {visible(plainText(item.excerpt, 240)) || item.externalId}
        </span>
        {named && <span className="faint small project">{item.projectName}</span>}
        {item.supersedes && <span className="faint small">{t('recent.isCorrection')}</span>}
        {item.flag && (
          <p className="recent-flag" data-state={item.flag.state} dir="auto">
            {t(`recent.asked.${item.flag.state}`, {
              note: item.flag.note,
              name: item.flag.decision?.by,
              reason: item.flag.decision?.note,
            })}
          </p>
        )}
      </td>
      <td className="nowrap">
        <Time at={item.submittedAt} />
      </td>
      <td>{t(`recent.states.${item.state}`, { until: formatRelative(item.reviewUntil) })}</td>
      <td>
        <Link
          className="btn s"
          to="/judge/$projectId/correct/$judgmentId"
          params={{ projectId: item.projectId, judgmentId: item.id }}
        >
          {t(item.correctable ? 'recent.correct' : 'recent.look')}
        </Link>
      </td>
    </tr>
  )
}
