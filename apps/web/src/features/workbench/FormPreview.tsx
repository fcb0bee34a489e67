import type { Answer, Form, TaskPayload } from '@groundwork/contract'
import { useMemo, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { useResponses } from '../../ui/task/use-responses.ts'
import { MissingList } from './MissingList.tsx'
import { missingOf } from './missing.ts'
import { placesOf } from './places.ts'
import { QuestionRail } from './QuestionRail.tsx'
import { isWide } from './questions/registry.tsx'
import { sampleTask } from './sample-task.ts'
import { TaskStage } from './TaskStage.tsx'
import type { OpenTask } from './workbench-state.ts'
import './workbench.css'

/**
 * The workbench with a form that is being written: everything can be tried, nothing is saved.
 * @param sample the task to show; without one that fits, one is made up
 */
export function FormPreview({ form, sample }: { form: Form; sample: TaskPayload | undefined }) {
  const shown = useMemo(() => sampleTask(form, sample), [form, sample])
  return <Preview key={shown.id} form={form} shown={shown} />
}

function Preview({ form, shown }: { form: Form; shown: ReturnType<typeof sampleTask> }) {
  const { t } = useTranslation('workbench')
  const [answer, setAnswer] = useState<Answer>({})
  const view = useResponses(shown.id)
  // Answers to questions that are gone, or of another type now, are forgotten.
  const types = Object.fromEntries(form.questions.map(({ id, type }) => [id, type]))
  const [known, setKnown] = useState(types)
  const kept = Object.fromEntries(
    Object.entries(answer).filter(([id]) => types[id] !== undefined && types[id] === known[id]),
  )
  const task: OpenTask = {
    assignment: {
      id: shown.id,
      epoch: 1,
      projectId: '',
      expiresAt: '',
      leaseSeconds: 0,
      shownAt: null,
      task: shown,
      form,
      guideline: { version: 1, markdown: '', changedSinceRead: false },
      project: { id: '', name: '', template: '', kind: '' },
      pay: { amount: '0.00', currency: 'USD' },
      draft: null,
    },
    answer: kept,
    save: { kind: 'untouched', at: null },
    expiresAt: 0,
    stale: false,
  }
  const missing = missingOf(form, kept, shown)
  const asksWide = placesOf(form, kept, shown).some(({ question }) => isWide(question))
  const questions = (part: 'rail' | 'main') => (
    <QuestionRail
      part={part}
      task={task}
      missing={missing}
      onChange={(id, value) => {
        const next: Answer = { ...kept, [id]: value }
        if (value === undefined) delete next[id]
        setKnown(types)
        setAnswer(next)
      }}
    />
  )
  return (
    <div className="wb-preview">
      <div className="wb-main">
        <TaskStage task={task} view={view} chosen={[]} questions={asksWide ? questions('main') : null} />
        {questions('rail')}
      </div>
      <p className="wb-preview-foot">
        {missing.length === 0 ? t('ready') : <MissingList assignment={task.assignment} missing={missing} />}
      </p>
    </div>
  )
}
