import type { Answer, Correction } from '@groundwork/contract'
import { withoutUnasked } from '@groundwork/contract/checks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { isMissing } from '../../../api/missing.ts'
import { useMe } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Empty, Mark, Pending, Time } from '../../../ui/bits.tsx'
import { formatRelative } from '../../../ui/format.ts'
import { useShortcuts } from '../../../ui/keys/shortcuts.ts'
import { NoSuch } from '../../../ui/NoSuch.tsx'
import { useResponses } from '../../../ui/task/use-responses.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { useTitle } from '../../../ui/use-title.ts'
import { goTo } from '../active-question.ts'
import { MissingList } from '../MissingList.tsx'
import { missingOf, partOf } from '../missing.ts'
import { placesOf } from '../places.ts'
import { QuestionRail } from '../QuestionRail.tsx'
import { isWide } from '../questions/registry.tsx'
import { TaskStage } from '../TaskStage.tsx'
import type { OpenTask } from '../workbench-state.ts'
import { ConflictDialog } from './ConflictDialog.tsx'
import { beginCorrection } from './correct-instead.ts'
import { useReading } from './reading.ts'
import { type CorrectionDraft, useCorrectionDraft } from './use-correction-draft.ts'
import '../workbench.css'
import './desk.css'

/** An own judgment with its task, to be corrected while its review window is open and to be looked at afterwards. */
export function CorrectionPage() {
  const { t } = useTranslation('desk')
  useTitle(t('correction.title'))
  const { projectId, judgmentId } = useParams({ from: '/judge/$projectId/correct/$judgmentId' })
  const { data, error } = useQuery({
    queryKey: ['my-judgments', 'correction', judgmentId],
    queryFn: ({ signal }) => client.getCorrection({ params: { id: judgmentId }, signal }),
    // Typing must not be disturbed by a newer copy of the same.
    staleTime: Number.POSITIVE_INFINITY,
    // What was typed since it was fetched is at the server.
    gcTime: 0,
    retry: false,
  })
  if (data) return <Screen key={judgmentId} correction={data} projectId={projectId} />
  return (
    <main className="page" id="main">
      {isMissing(error) ? (
        <NoSuch noun="judgment" act={<Back projectId={projectId} />} />
      ) : error ? (
        <Empty title={t('correction.lookTitle')} act={<Back projectId={projectId} />}>
          {errorText(error)}
        </Empty>
      ) : (
        <Pending />
      )}
    </main>
  )
}

function Back({ projectId }: { projectId: string }) {
  const { t } = useTranslation('desk')
  return (
    <Link className="btn" to="/judge/$projectId" params={{ projectId }}>
      {t('correction.leave')}
    </Link>
  )
}

function Screen({ correction, projectId }: { correction: Correction; projectId: string }) {
  const { t } = useTranslation(['desk', 'workbench', 'common'])
  const { user } = useMe()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const view = useResponses(correction.judgment.id)
  const reading = useReading()
  const draft = useCorrectionDraft(user.id, correction)
  const { answer, conflict, standing } = draft
  const [compares, setCompares] = useState(false)
  // One key for every attempt to send the same answer: however often it is sent, it counts once.
  const sent = useRef<{ answer: Answer; key: string } | null>(null)
  const { task: shown, form, correctable } = correction
  const task = useMemo(() => openTaskOf(correction, draft), [correction, draft])
  const missing = missingOf(form, answer, shown)
  const changed = JSON.stringify(answer) !== JSON.stringify(correction.judgment.answer)

  const refresh = () => {
    void queryClient.invalidateQueries({ queryKey: ['my-judgments'] })
  }
  const undo = async (id: string) => {
    try {
      await client.undoCorrection({ params: { id } })
      showToast({ text: t('correction.undone') })
    } catch (error) {
      showToast({ bad: true, text: errorText(error) })
    }
    refresh()
  }
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const final = withoutUnasked(form, answer)
      if (sent.current?.answer !== answer) sent.current = { answer, key: crypto.randomUUID() }
      return draft.submit(final, sent.current.key)
    },
    onSuccess: ({ judgment }) => {
      refresh()
      showToast({
        text: t('correction.done'),
        stays: 10_000,
        act: { label: t('common:actions.undo'), run: () => void undo(judgment.id) },
      })
      void navigate({ to: '/judge/$projectId', params: { projectId } })
    },
  })
  const submit = () => {
    const [first] = missing
    if (first) goTo(task.assignment.id, first.place, partOf(first))
    else if (conflict) setCompares(true)
    else if (changed && correctable && !standing && !isPending) mutate()
  }
  useShortcuts([
    { id: 'submit', keys: 'Enter', label: t('correction.submit'), group: 'workbench', run: submit },
    {
      id: 'submit-typing',
      keys: 'Ctrl+Enter',
      label: t('correction.submit'),
      group: 'workbench',
      whileTyping: true,
      run: submit,
    },
  ])
  const questions = (part: 'rail' | 'main') => (
    <QuestionRail
      part={part}
      task={task}
      missing={missing}
      onChange={(id, value) => {
        if (!correctable) return
        const next: Answer = { ...answer, [id]: value }
        if (value === undefined) delete next[id]
        draft.change(next)
      }}
    />
  )
  const state = t(`recent.states.${correction.state}`, {
    until: formatRelative(correction.reviewUntil),
  })
  return (
    <div className="wb" style={reading}>
      <header className="wb-head">
        <Link className="mark" to="/home" aria-label={t('workbench:backToWork')}>
          <Mark />
        </Link>
        <div className="wb-title">
          <h1>{t(correctable ? 'correction.title' : 'correction.lookTitle')}</h1>
          <span className="faint">{correction.project.name}</span>
        </div>
        <span className="faint nowrap correction-when">
          <Time at={correction.judgment.submittedAt} />
        </span>
        <Back projectId={projectId} />
      </header>
      <section className="wb-stale correction-says" aria-label={t('correction.about')}>
        {correctable ? t('correction.body') : t('correction.closed', { state })}
      </section>
      {standing && (
        <div className="wb-stale" role="alert">
          <p>
            <b>{t('correction.standing')}</b> {t('correction.standingBody')}
          </p>
          <Button
            size="s"
            onClick={() => {
              beginCorrection(user.id, standing, answer)
              void navigate({
                to: '/judge/$projectId/correct/$judgmentId',
                params: { projectId, judgmentId: standing },
              })
            }}
          >
            {t('correction.newer')}
          </Button>
        </div>
      )}
      {conflict && !standing && (
        <div className="wb-stale" role="alert">
          <p>
            <b>{t('conflict.title')}</b> {t('conflict.body')}
          </p>
          <Button size="s" onClick={() => setCompares(true)}>
            {t('conflict.compare')}
          </Button>
        </div>
      )}
      {compares && conflict && (
        <ConflictDialog task={task} onClose={() => setCompares(false)} onChoose={draft.choose} />
      )}
      <div className="wb-body">
        <main className="wb-main" id="main" tabIndex={-1}>
          <TaskStage
            task={task}
            view={view}
            chosen={[]}
            questions={
              placesOf(form, answer, correction.task).some(({ question }) => isWide(question))
                ? questions('main')
                : null
            }
          />
          {questions('rail')}
        </main>
      </div>
      {correctable && (
        <footer className="wb-foot">
          <p className={missing.length > 0 ? 'needs' : 'ready'} role="status">
            {error && !standing && !conflict ? (
              errorText(error)
            ) : missing.length > 0 ? (
              <MissingList missing={missing} assignment={task.assignment} />
            ) : (
              !changed && t('correction.same')
            )}
          </p>
          <Button
            look={changed && missing.length === 0 ? 'primary' : 'waiting'}
            className="submit"
            aria-disabled={!changed || missing.length > 0}
            busy={isPending}
            onClick={submit}
          >
            {t('correction.submit')}
          </Button>
        </footer>
      )}
    </div>
  )
}

/** What the questions and the stage want to know of a task that is open. */
const openTaskOf = (correction: Correction, { answer, save, conflict }: CorrectionDraft): OpenTask => ({
  assignment: {
    id: correction.judgment.id,
    epoch: 1,
    projectId: correction.project.id,
    expiresAt: correction.reviewUntil,
    leaseSeconds: 0,
    shownAt: null,
    task: correction.task,
    form: correction.form,
    guideline: correction.guideline,
    project: correction.project,
    pay: correction.pay,
    draft: null,
  },
  answer,
  save,
  expiresAt: 0,
  stale: false,
  conflict,
})
