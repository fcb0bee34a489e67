import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type AuthSession, auth } from '../../../api/auth.ts'
import { AuthError } from '../../../api/auth-error.ts'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Table, Time } from '../../../ui/bits.tsx'
import { Part } from '../../../ui/Part.tsx'
import { Problem } from '../../../ui/Problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { deviceOf } from './device.ts'

/** Where the account is signed in. */
export function SessionsPart() {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: async () => {
      const [all, own] = await Promise.all([auth.listSessions(), auth.currentSession()])
      return { all: all.toSorted(byAge), own: own?.session.token }
    },
  })
  const refresh = (text: string) => {
    showToast({ text })
    return queries.invalidateQueries({ queryKey: ['sessions'] })
  }
  const end = useMutation({
    mutationFn: auth.revokeSession,
    onSuccess: () => refresh(t('sessions.ended')),
  })
  const endOthers = useMutation({
    mutationFn: auth.revokeOtherSessions,
    onSuccess: () => refresh(t('sessions.othersEnded')),
  })
  const { error } = sessions
  const old = error instanceof AuthError && error.code === 'SESSION_NOT_FRESH'
  const others = sessions.data ? sessions.data.all.length > 1 : old
  const failure = end.error ?? endOthers.error
  return (
    <Part title={t('sessions.title')} about={t('sessions.about')}>
      {error && <p className="muted">{errorText(error)}</p>}
      {sessions.data && (
        <Table caption={t('sessions.table')} className="two-line">
          <thead>
            <tr>
              <th scope="col">{t('sessions.device')}</th>
              <th scope="col">{t('sessions.since')}</th>
              <th scope="col">
                <span className="sr">{t('sessions.act')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.data.all.map((session) => (
              <SessionRow
                key={session.token}
                session={session}
                own={session.token === sessions.data.own}
                busy={end.isPending}
                onEnd={() => end.mutate(session.token)}
              />
            ))}
          </tbody>
        </Table>
      )}
      <Problem>{failure && errorText(failure)}</Problem>
      {others && (
        <div>
          <Button busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('sessions.endOthers')}
          </Button>
        </div>
      )}
    </Part>
  )
}

const byAge = (one: AuthSession, other: AuthSession) => other.createdAt.localeCompare(one.createdAt)

function SessionRow({
  session,
  own,
  busy,
  onEnd,
}: {
  session: AuthSession
  own: boolean
  busy: boolean
  onEnd: () => void
}) {
  const { t } = useTranslation('account')
  const device = deviceOf(session.userAgent)
  const name = device
    ? t('sessions.browserOn', { browser: device.browser, system: device.system })
    : t('sessions.unknown')
  return (
    <tr>
      <td>
        {name}
        <span className="sub">{session.ipAddress}</span>
      </td>
      <td className="nowrap" data-label={t('sessions.since')}>
        <Time at={session.createdAt} />
      </td>
      <td className="num">
        {own ? (
          <span className="muted">{t('sessions.own')}</span>
        ) : (
          <Button size="s" busy={busy} onClick={onEnd} aria-label={t('sessions.endNamed', { name })}>
            {t('sessions.end')}
          </Button>
        )}
      </td>
    </tr>
  )
}
