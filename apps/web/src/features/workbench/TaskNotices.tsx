import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { errorText } from '../../api/error-text.ts'
import { useMe } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { showToast } from '../../ui/toast-store.ts'
import type { WorkbenchSession } from './workbench-session.ts'
import type { OpenTask, WorkbenchState } from './workbench-state.ts'

/** What the person must know about the task before going on: it is over, or there are two versions of the answer. Says what is possible. */
export function TaskNotices({
  session,
  state,
  task,
  onCompare,
}: {
  session: WorkbenchSession
  state: WorkbenchState
  task: OpenTask
  onCompare: () => void
}) {
  const { t } = useTranslation(['notices', 'workbench'])
  const next = (
    <Button size="s" onClick={() => void session.next()}>
      {t('lost.next')}
    </Button>
  )
  if (task.conflict)
    return (
      <Notice title={t('conflict.title')} body={t('conflict.body')}>
        <Button size="s" onClick={onCompare}>
          {t('conflict.compare')}
        </Button>
      </Notice>
    )
  if (!task.stale) return null
  const lost = task.lost ?? 'expired'
  if (lost === 'expired' || lost === 'live')
    return (
      <Notice title={t(`workbench:lost.${lost}`)} body={t(`lost.${lost}`)}>
        <Button size="s" busy={state.busy === 'resume'} onClick={() => void session.requests.resume()}>
          {t('workbench:lost.resume')}
        </Button>
      </Notice>
    )
  return (
    <Notice title={t(`workbench:lost.${lost}`)} body={t(`lost.${lost}`)}>
      {lost === 'submitted' && Object.keys(task.answer).length > 0 && <CorrectInstead task={task} />}
      {next}
    </Notice>
  )
}

function Notice({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  return (
    <div className="wb-stale" role="alert">
      <p>
        <b>{title}</b> {body}
      </p>
      {children}
    </div>
  )
}

/** The answer that was submitted elsewhere may be corrected to the one that stands here. */
function CorrectInstead({ task }: { task: OpenTask }) {
  const { t } = useTranslation(['notices', 'workbench'])
  const { user } = useMe()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const correct = async () => {
    const { projectId, task: shown } = task.assignment
    setBusy(true)
    try {
      const { correctInstead } = await import('./desk/correct-instead.ts')
      const judgmentId = await correctInstead(user.id, { projectId, taskId: shown.id, answer: task.answer })
      if (judgmentId)
        await navigate({ to: '/judge/$projectId/correct/$judgmentId', params: { projectId, judgmentId } })
      else showToast({ bad: true, text: t('lost.notCorrectable') })
    } catch (error) {
      showToast({ bad: true, text: errorText(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="s" busy={busy} onClick={() => void correct()}>
      {t('lost.correct')}
    </Button>
  )
}
