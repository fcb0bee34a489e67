import type { Money } from '@groundwork/contract'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { useShortcuts } from '../../ui/keys/shortcuts.ts'
import { useCommands } from '../../ui/palette/commands.ts'
import { useResponses } from '../../ui/task/use-responses.ts'
import { AnswerBar } from './AnswerBar.tsx'
import { goTo } from './active-question.ts'
import { missingOf, partOf } from './missing.ts'
import { preferredPosition } from './preference-scale.ts'
import { QuestionRail } from './QuestionRail.tsx'
import { isWide } from './questions/registry.tsx'
import { TaskStage } from './TaskStage.tsx'
import { TopBar } from './TopBar.tsx'
import type { WorkbenchSession } from './workbench-session.ts'
import type { OpenTask, WorkbenchState } from './workbench-state.ts'

const FlagDialog = lazy(() => import('./FlagDialog.tsx').then((module) => ({ default: module.FlagDialog })))
const SkipDialog = lazy(() => import('./SkipDialog.tsx').then((module) => ({ default: module.SkipDialog })))
const GuidelinePanel = lazy(() =>
  import('./GuidelinePanel.tsx').then((module) => ({ default: module.GuidelinePanel })),
)
const ShortcutList = lazy(() =>
  import('../../ui/keys/ShortcutList.tsx').then((module) => ({ default: module.ShortcutList })),
)

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
  const { t } = useTranslation('workbench')
  const [dialog, setDialog] = useState<'flag' | 'skip' | 'guideline' | 'keys' | null>(null)
  const { assignment, answer } = task
  const view = useResponses(assignment.id)
  const main = useRef<HTMLElement>(null)
  const missing = missingOf(assignment.form, answer, assignment.task)
  const close = () => setDialog(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another assignment is another task on the screen.
  useEffect(() => {
    main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
    // Two frames: the first draws the task, the second begins when it is on the screen.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => session.shown())
    })
    return () => cancelAnimationFrame(frame)
  }, [assignment.id, session])

  const submit = () => {
    if (session.submit()) return say(t('announce.submitted'))
    say(t('announce.missing'))
    const [first] = missing
    if (first) goTo(assignment.id, first.place, partOf(first))
  }
  const skip = () => {
    if (Object.keys(answer).length === 0) void session.skip('')
    else setDialog('skip')
  }
  const acts = [
    { id: 'submit', keys: 'Enter', label: t('shortcuts.submit'), run: submit },
    { id: 'skip', keys: 's', label: t('shortcuts.skip'), run: skip },
    { id: 'flag', keys: 'f', label: t('shortcuts.flag'), run: () => setDialog('flag') },
    { id: 'guideline', keys: 'g', label: t('shortcuts.guideline'), run: () => setDialog('guideline') },
  ]
  useShortcuts([
    ...acts.map((act) => ({ ...act, group: 'workbench' as const })),
    {
      keys: 'Ctrl+Enter',
      label: t('shortcuts.submitTyping'),
      group: 'workbench',
      whileTyping: true,
      run: submit,
    },
    { keys: 'j', label: t('shortcuts.down'), group: 'workbench', run: () => view.scroll(0.25) },
    { keys: 'k', label: t('shortcuts.up'), group: 'workbench', run: () => view.scroll(-0.25) },
    { keys: '[', label: t('shortcuts.first'), group: 'workbench', run: () => view.focus(0) },
    { keys: ']', label: t('shortcuts.second'), group: 'workbench', run: () => view.focus(1) },
  ])
  useCommands([
    ...acts.map(({ keys, ...act }) => ({ ...act, keys: keys === 'Enter' ? '⏎' : keys.toUpperCase() })),
    { id: 'sync', label: t('shortcuts.sync'), run: view.toggleSynced },
    { id: 'diff', label: t('shortcuts.diff'), run: view.toggleDiff },
  ])

  const shown = assignment.task.candidates.map((candidate) => candidate.id)
  const preference = assignment.form.questions.find((question) => question.type === 'preference')
  const preferred = preference ? preferredPosition(answer[preference.id], shown) : null
  const questions = (part: 'rail' | 'main') => (
    <QuestionRail
      key={`${assignment.id} ${part}`}
      part={part}
      task={task}
      missing={missing}
      onChange={(id, value) => session.change(id, value)}
    />
  )
  return (
    <div className="wb">
      <TopBar
        title={assignment.project.name}
        work={{
          session,
          task,
          wage,
          onGuideline: () => setDialog('guideline'),
          onKeys: () => setDialog('keys'),
        }}
      />
      {task.stale && (
        <div className="wb-stale" role="alert">
          <p>
            <b>{t('stale.title')}</b> {t('stale.body')}
          </p>
          <Button size="s" busy={state.busy === 'resume'} onClick={() => void session.resume()}>
            {t('stale.resume')}
          </Button>
        </div>
      )}
      <main className="wb-main" id="main" tabIndex={-1} ref={main}>
        <TaskStage
          task={task}
          view={view}
          chosen={preferred === null ? [] : [shown[preferred] ?? '']}
          questions={assignment.form.questions.some(isWide) ? questions('main') : null}
        />
        {questions('rail')}
      </main>
      <AnswerBar
        state={state}
        missing={missing}
        onSkip={skip}
        onFlag={() => setDialog('flag')}
        onSubmit={submit}
      />
      <Suspense fallback={null}>
        {dialog === 'flag' && (
          <FlagDialog
            onClose={close}
            onFlag={(reason, comment) => {
              close()
              void session.flag(reason, comment)
            }}
          />
        )}
        {dialog === 'skip' && (
          <SkipDialog
            onClose={close}
            onSkip={(reason) => {
              close()
              void session.skip(reason)
            }}
          />
        )}
        {dialog === 'guideline' && <GuidelinePanel guideline={assignment.guideline} onClose={close} />}
        {dialog === 'keys' && <ShortcutList open onClose={close} />}
      </Suspense>
    </div>
  )
}
