import type { Project, TaskDetail } from '@groundwork/contract'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../../api/error-text.ts'
import { Button } from '../../../ui/Button.tsx'
import { Pending } from '../../../ui/bits.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { formatPercent } from '../../../ui/format.ts'
import { TaskPreview } from '../../../ui/task/TaskPreview.tsx'
import { isOutcome, preferenceQuestionId, sharesOf } from '../outcomes.ts'
import { taskQuery } from '../queries.ts'
import { taskName } from '../task-name.ts'
import { Judgments } from './Judgments.tsx'

/** One task beside the list: what trainers see, what they answered and why. */
export function TaskSheet({
  project,
  taskId,
  order,
  onOpen,
  onClose,
}: {
  project: Project
  taskId: string
  /** Ids of the tasks in the list, for going from one to the next. */
  order: string[]
  onOpen: (taskId: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation('projects')
  const { data: task, error } = useQuery(taskQuery(project.id, taskId))
  const position = order.indexOf(taskId)
  const before = position > 0 ? order[position - 1] : undefined
  const after = position >= 0 ? order[position + 1] : undefined
  return (
    <Dialog
      open
      onClose={onClose}
      shape="panel"
      title={t('sheet.title', { name: taskName(task ?? { id: taskId, externalId: null }) })}
      foot={
        order.length > 1 && (
          <div className="sheet-steps">
            <Button disabled={!before} onClick={() => before && onOpen(before)}>
              <ChevronLeft className="icon" />
              {t('sheet.previous')}
            </Button>
            <Button disabled={!after} onClick={() => after && onOpen(after)}>
              {t('sheet.next')}
              <ChevronRight className="icon" />
            </Button>
          </div>
        )
      }
    >
      <div className="task-sheet">
        {error && (
          <p className="form-error" role="alert">
            {errorText(error)}
          </p>
        )}
        {!task && !error && <Pending />}
        {task && (
          <>
            <Summary project={project} task={task} />
            <Judgments project={project} task={task} />
            <section aria-labelledby="sheet-content">
              <div className="section-head">
                <h3 id="sheet-content">{t('sheet.content')}</h3>
                <p>{t('sheet.contentHint')}</p>
              </div>
              <TaskPreview id={task.id} context={task.payload.context} candidates={task.payload.candidates} />
            </section>
            <Behind task={task} />
          </>
        )}
      </div>
    </Dialog>
  )
}

function Summary({ project, task }: { project: Project; task: TaskDetail }) {
  const { t } = useTranslation('projects')
  const consensus = task.consensus?.[preferenceQuestionId(project.form) ?? '']
  const gold = isOutcome(task.gold) ? t(`outcomes.${task.gold}`) : task.gold
  const shares = consensus
    ? sharesOf(consensus)
        .map(({ outcome, share }) => `${t(`outcomes.${outcome}`)} ${formatPercent(share)}`)
        .join(', ')
    : ''
  return (
    <div className="sheet-summary">
      <p className="strong">
        {consensus
          ? isOutcome(consensus.value)
            ? t('sheet.consensus', { outcome: t(`outcomes.${consensus.value}`) })
            : t('sheet.undecided')
          : t('sheet.noConsensus')}
      </p>
      {shares && <p className="muted num">{shares}</p>}
      {gold && <p className="muted">{t('sheet.gold', { outcome: gold })}</p>}
    </div>
  )
}

/** What only the team sees: the models, and what came with the record. */
function Behind({ task }: { task: TaskDetail }) {
  const { t } = useTranslation('projects')
  const models = task.payload.candidates.filter((candidate) => candidate.model)
  const { metadata, reference } = task.payload
  if (models.length === 0 && !metadata && reference === undefined) return null
  return (
    <details className="sheet-behind">
      <summary>{t('sheet.behind')}</summary>
      {models.length > 0 && (
        <p>{models.map((candidate) => `${candidate.id.toUpperCase()}: ${candidate.model}`).join(', ')}</p>
      )}
      {(metadata || reference !== undefined) && (
        <pre>{JSON.stringify({ ...(reference !== undefined && { reference }), ...metadata }, null, 2)}</pre>
      )}
    </details>
  )
}
