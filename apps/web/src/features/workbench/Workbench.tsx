import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { workQuery } from '../../api/work.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Empty, Pending } from '../../ui/bits.tsx'
import { useStore } from '../../ui/store.ts'
import { TaskScreen } from './TaskScreen.tsx'
import { TopBar } from './TopBar.tsx'
import { useEventTexts } from './use-event-texts.ts'
import { useSession } from './use-session.ts'
import type { WorkbenchSession } from './workbench-session.ts'

const Failed = lazy(() => import('./Failed.tsx').then((module) => ({ default: module.Failed })))
const SkippedAgain = lazy(() =>
  import('./SkippedAgain.tsx').then((module) => ({ default: module.SkippedAgain })),
)
const NoWork = lazy(() => import('./NoWork.tsx').then((module) => ({ default: module.NoWork })))

/** The workbench of one project. */
export function Workbench({ projectId, userId }: { projectId: string; userId: string }) {
  const [said, say] = useState('')
  const onEvent = useEventTexts(say)
  const session = useSession(projectId, userId, onEvent)
  return (
    <>
      <div className="sr" role="status">
        {said}
      </div>
      {session ? <Phase session={session} projectId={projectId} say={say} /> : <Pending />}
    </>
  )
}

function Phase({
  session,
  projectId,
  say,
}: {
  session: WorkbenchSession
  projectId: string
  say: (text: string) => void
}) {
  const { t } = useTranslation(['workbench', 'common'])
  const state = useStore(session.store)
  const { data } = useQuery(workQuery)
  const project = data?.projects.find((each) => each.id === projectId)
  if (state.phase === 'working' && state.task) {
    return (
      <TaskScreen
        session={session}
        state={state}
        task={state.task}
        wage={project?.trueWage ?? null}
        say={say}
      />
    )
  }
  return (
    <div className="wb">
      <TopBar title={project?.name ?? t('title')} />
      {state.phase === 'nothing' && state.reason ? (
        <Suspense fallback={<Pending />}>
          <NoWork reason={state.reason} projectId={projectId} onCheck={() => void session.load()}>
            {state.reason === 'skipped_by_you' && (
              <SkippedAgain tasks={state.skipped} onTakeUp={() => session.takeUpSkipped()} />
            )}
          </NoWork>
        </Suspense>
      ) : (
        <main className="page" id="main">
          {state.phase === 'loading' && <Pending />}
          {state.phase === 'waiting' && (
            <Empty title={t('waiting.title')}>{t(state.offline ? 'waiting.offline' : 'waiting.body')}</Empty>
          )}
          {state.phase === 'failed' && (
            <Suspense fallback={<Pending />}>
              <Failed error={state.error} onRetry={() => void session.load()} />
            </Suspense>
          )}
        </main>
      )}
    </div>
  )
}
