import type { Form, TaskRow } from '@groundwork/contract'
import { Link } from '@tanstack/react-router'
import { Check, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Table } from '../../../ui/bits.tsx'
import { formatNumber } from '../../../ui/format.ts'
import { formatShare } from '../figures.ts'
import { isOutcome, preferenceQuestionId } from '../outcomes.ts'
import { taskName } from '../task-name.ts'

export function TaskTable({ tasks, form }: { tasks: TaskRow[]; form: Form }) {
  const { t } = useTranslation('projects')
  const questionId = preferenceQuestionId(form) ?? ''
  const withGold = tasks.some((task) => task.gold !== null)
  return (
    <Table caption={t('tabs.tasks')} className="tasks-table">
      <thead>
        <tr>
          <th scope="col">{t('tasks.task')}</th>
          <th scope="col">{t('tasks.excerpt')}</th>
          <th scope="col" className="lo">
            {t('tasks.state')}
          </th>
          <th scope="col" className="num">
            {t('tasks.judgments')}
          </th>
          <th scope="col">{t('tasks.consensus')}</th>
          <th scope="col" className="num lo">
            {t('tasks.confidence')}
          </th>
          {withGold && (
            <th scope="col" className="lo">
              {t('tasks.gold')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <tr key={task.id}>
            <td className="nowrap tasks-id">
              <Link
                from="/projects/$projectId/tasks"
                to="."
                search={(now) => ({ ...now, task: task.id })}
                resetScroll={false}
              >
                {taskName(task)}
              </Link>
              <span className="sub only-phone" dir="auto">
                {task.excerpt}
              </span>
            </td>
            <td className="tasks-excerpt" dir="auto">
              {task.excerpt}
            </td>
            <td className="lo">
              <span className={looks[task.state]}>{t(`tasks.states.${task.state}`)}</span>
            </td>
            <td className="num">
              {formatNumber(task.judgments)}{' '}
              <span className="faint">{t('of', { value: formatNumber(task.wanted) })}</span>
            </td>
            <Consensus task={task} questionId={questionId} />
            {withGold && <Gold task={task} questionId={questionId} />}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

const looks: Record<TaskRow['state'], string> = {
  open: 'state',
  done: 'state good',
  flagged: 'state waiting',
  removed: 'state bad',
}

function Consensus({ task, questionId }: { task: TaskRow; questionId: string }) {
  const { t } = useTranslation('projects')
  const consensus = task.consensus?.[questionId]
  if (!consensus) {
    return (
      <>
        <td className="faint">–</td>
        <td className="num faint lo">–</td>
      </>
    )
  }
  return (
    <>
      <td className="nowrap">
        {isOutcome(consensus.value) ? t(`outcomes.${consensus.value}`) : t('outcomes.undecided')}
      </td>
      <td className="num lo">{consensus.confidence === null ? '–' : formatShare(consensus.confidence)}</td>
    </>
  )
}

/** The known answer, and whether the consensus is right. */
function Gold({ task, questionId }: { task: TaskRow; questionId: string }) {
  const { t } = useTranslation('projects')
  const value = task.consensus?.[questionId]?.value
  if (!isOutcome(task.gold)) return <td className="faint lo">{task.gold ?? '–'}</td>
  const name = t(`outcomes.${task.gold}`)
  if (!isOutcome(value)) return <td className="nowrap muted lo">{name}</td>
  const right = value === task.gold
  return (
    <td className="nowrap lo">
      <span className={right ? 'mark-right better' : 'mark-right worse'}>
        {right ? <Check className="icon" /> : <X className="icon" />}
        {name}
        <span className="sr">{t(right ? 'tasks.goldRight' : 'tasks.goldWrong')}</span>
      </span>
    </td>
  )
}
