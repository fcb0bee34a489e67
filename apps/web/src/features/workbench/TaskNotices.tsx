import type { ReactNode } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { useCorrectInstead } from './desk/use-correct-instead.ts'
import type { WorkbenchSession } from './workbench-session.ts'
import { canStillSubmit, type OpenTask, type WorkbenchState } from './workbench-state.ts'

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
  // What is over cannot be gone on with, whichever version is chosen.
  if (task.conflict && canStillSubmit(task.lost))
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
      <Notice title={t(`lostTitle.${lost}`)} body={t(`lost.${lost}`)}>
        <Button size="s" busy={state.busy === 'resume'} onClick={() => void session.requests.resume()}>
          {t('workbench:lost.resume')}
        </Button>
      </Notice>
    )
  return (
    <Notice title={t(`lostTitle.${lost}`)} body={t(`lost.${lost}`)}>
      {task.conflict ? (
        <Button size="s" onClick={onCompare}>
          {t('conflict.compare')}
        </Button>
      ) : (
        lost === 'submitted' && Object.keys(task.answer).length > 0 && <CorrectInstead task={task} />
      )}
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

function CorrectInstead({ task }: { task: OpenTask }) {
  const { t } = useTranslation('notices')
  const { correct, busy } = useCorrectInstead(task.assignment)
  return (
    <Button size="s" busy={busy} onClick={() => correct(task.answer)}>
      {t('lost.correct')}
    </Button>
  )
}
