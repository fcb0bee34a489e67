import type { Money } from '@groundwork/contract'
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { useStore } from '../../ui/store.ts'
import { useResponses } from '../../ui/task/use-responses.ts'
import { dismissToast, toastStore } from '../../ui/toast-store.ts'
import { whenIdle } from '../../ui/when-idle.ts'
import { AnswerBar } from './AnswerBar.tsx'
import { goTo } from './active-question.ts'
import { showPanel, usePanel } from './desk/panel.ts'
import { useReading } from './desk/reading.ts'
import { canSpeak, speech } from './desk/speech.ts'
import { loadExtras } from './load-extras.ts'
import { missingOf, partOf } from './missing.ts'
import { placesOf } from './places.ts'
import { preferredPosition } from './preference-scale.ts'
import { QuestionRail } from './QuestionRail.tsx'
import { isWide } from './questions/registry.tsx'
import type { ShownDialog } from './TaskExtras.tsx'
import { TaskStage } from './TaskStage.tsx'
import { TopBar } from './TopBar.tsx'
import { useTaskActs } from './use-task-acts.ts'
import type { WorkbenchSession } from './workbench-session.ts'
import type { OpenTask, WorkbenchState } from './workbench-state.ts'

const TaskDialog = lazy(() => loadExtras().then((module) => ({ default: module.TaskDialog })))
const TaskCommands = lazy(() => loadExtras().then((module) => ({ default: module.TaskCommands })))
const TaskNotices = lazy(() => loadExtras().then((module) => ({ default: module.TaskNotices })))
const loadPanel = () => import('./desk/SidePanel.tsx').then((module) => ({ default: module.SidePanel }))
const SidePanel = lazy(loadPanel)
const SpeechBar = lazy(() => import('./desk/SpeechBar.tsx').then((module) => ({ default: module.SpeechBar })))
export type TaskScreenProps = {
  session: WorkbenchSession
  state: WorkbenchState
  task: OpenTask
  wage: Money | null
  /** Says something to screen readers. */
  say: (text: string) => void
}

/** A task with everything that can be done to it. */
export function TaskScreen({ session, state, task, wage, say }: TaskScreenProps) {
  const { t } = useTranslation(['workbench', 'common'])
  const [dialog, setDialog] = useState<ShownDialog | null>(null)
  const { assignment, answer } = task
  const view = useResponses(assignment.id)
  const main = useRef<HTMLElement>(null)
  const missing = missingOf(assignment.form, answer, assignment.task)
  const { tab, isOver } = usePanel()
  const aloud = useStore(speech).on && canSpeak()
  const reading = useReading()
  const close = () => setDialog(null)

  // Before the paint: whoever sees the task may go into a field at once, and stays there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another assignment is another task on the screen.
  useLayoutEffect(() => {
    main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [assignment.id])
  const [extras, setExtras] = useState(false)
  // Also what says that something is wrong: the connection may be gone by then.
  useEffect(
    () =>
      whenIdle(async () => {
        await Promise.all([loadPanel(), loadExtras().then(({ loadTexts }) => loadTexts())])
        setExtras(true)
      }),
    [],
  )
  useEffect(() => {
    if (task.mustChoose) setDialog('versions')
  }, [task.mustChoose])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another assignment is another task on the screen.
  useEffect(() => {
    // Two frames: the first draws the task, the second begins when it is on the screen.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => session.shown())
    })
    return () => cancelAnimationFrame(frame)
  }, [assignment.id, session])

  const submit = () => {
    if (session.submit()) return say(t('announce.submitted'))
    if (task.conflict) return setDialog('versions')
    if (missing.length === 0) return
    say(t('announce.missing'))
    const [first] = missing
    if (first) goTo(assignment.id, first.place, partOf(first))
  }
  // Only before anything of this task is answered: the key means the answer then.
  const undo = () => {
    const receipt = toastStore.get().findLast(({ act }) => act?.label === t('common:actions.undo'))
    if (!receipt?.act || Object.keys(answer).length > 0) return false
    dismissToast(receipt.id)
    receipt.act.run()
    return true
  }
  const skip = () => {
    if (Object.keys(answer).length === 0) void session.requests.skip('')
    else setDialog('skip')
  }
  const responses = assignment.form.blocks.some((block) => block.type === 'candidates')
    ? assignment.task.candidates.length
    : 0
  const acts = {
    submit,
    undo,
    skip,
    flag: () => setDialog('flag'),
    keys: () => setDialog('change-keys'),
    recent: () => setDialog('recent'),
  }
  const keyed = useTaskActs(acts, view, responses)

  const shown = assignment.task.candidates.map((candidate) => candidate.id)
  const preference = assignment.form.questions.find((question) => question.type === 'preference')
  const preferred = preference ? preferredPosition(answer[preference.id], shown) : null
  // One that is asked only later takes no room before.
  const asksWide = placesOf(assignment.form, answer, assignment.task).some(({ question }) => isWide(question))
  const questions = (part: 'rail' | 'main') => (
    <QuestionRail
      key={`${assignment.id} ${part}`}
      part={part}
      task={task}
      missing={missing}
      onChange={(id, value) => session.current.change(id, value)}
    />
  )
  return (
    <div className="wb" style={reading}>
      <TopBar
        title={assignment.project.name}
        work={{
          session,
          task,
          wage,
          onKeys: () => setDialog('keys'),
          onChangeKeys: () => setDialog('change-keys'),
          onRecent: () => setDialog('recent'),
        }}
      />
      {(task.stale || task.conflict) && (
        <Suspense fallback={null}>
          <TaskNotices session={session} state={state} task={task} onCompare={() => setDialog('versions')} />
        </Suspense>
      )}
      <div className="wb-body">
        <main className="wb-main" id="main" tabIndex={-1} ref={main}>
          <TaskStage
            task={task}
            view={view}
            chosen={preferred === null ? [] : [shown[preferred] ?? '']}
            questions={asksWide ? questions('main') : null}
          />
          {questions('rail')}
        </main>
        {tab && (
          <Suspense fallback={null}>
            <SidePanel assignment={assignment} tab={tab} isOver={isOver} onClose={() => showPanel(null)} />
          </Suspense>
        )}
      </div>
      {aloud && (
        <Suspense fallback={null}>
          <SpeechBar taskId={assignment.id} view={view} />
        </Suspense>
      )}
      <AnswerBar
        state={state}
        missing={missing}
        onSkip={skip}
        onFlag={() => setDialog('flag')}
        onSubmit={submit}
      />
      {extras && (
        <Suspense fallback={null}>
          <TaskCommands keyed={keyed} acts={acts} view={view} responses={responses} />
        </Suspense>
      )}
      {dialog && (
        <Suspense fallback={null}>
          <TaskDialog shown={dialog} session={session} task={task} onClose={close} />
        </Suspense>
      )}
    </div>
  )
}
