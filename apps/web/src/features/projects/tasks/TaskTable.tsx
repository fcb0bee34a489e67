import type { Form, TaskRow } from '@groundwork/contract'
import { Link } from '@tanstack/react-router'
import { Check, X } from 'lucide-react'
import { useTranslation } from '../../../i18n/react.ts'
import { Table } from '../../../ui/bits.tsx'
import { formatNumber } from '../../../ui/format.ts'
import { formatShare } from '../figures.ts'
import { isOutcome, partsOf } from '../outcomes.ts'
import { useNames } from '../results/use-names.ts'
import { plainExcerpt, taskName } from '../task-name.ts'
import { SelectAll, type Selection } from './selection.tsx'

export function TaskTable({
  tasks,
  form,
  selection,
}: {
  tasks: TaskRow[]
  form: Form
  /** Where rows can be selected. */
  selection?: Selection | undefined
}) {
  const { t } = useTranslation('projects')
  const withGold = tasks.some((task) => task.gold !== null)
  return (
    <Table caption={t('tabs.tasks')} className="tasks-table">
      <thead>
        <tr>
          {selection && (
            <th scope="col" className="tasks-select">
              <SelectAll tasks={tasks} selection={selection} />
            </th>
          )}
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
            {selection && (
              <td className="tasks-select">
                <input
                  type="checkbox"
                  aria-label={t('tasks.select', { name: taskName(task) })}
                  checked={selection.has(task.id)}
                  onChange={(event) => selection.change([task.id], event.target.checked)}
                />
              </td>
            )}
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
                {plainExcerpt(task.excerpt)}
              </span>
            </td>
            <td className="tasks-excerpt" dir="auto">
              {plainExcerpt(task.excerpt)}
            </td>
            <td className="lo">
              <span className={looks[task.state]}>{t(`tasks.states.${task.state}`)}</span>
            </td>
            <td className="num">
              {formatNumber(task.judgments)}{' '}
              <span className="faint">{t('of', { value: formatNumber(task.wanted) })}</span>
            </td>
            <Consensus task={task} form={form} />
            {withGold && <Gold task={task} form={form} />}
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

/** So many parts of a question, such as responses, are named in a row. */
const SAID = 3

/** The consensus on the first question that has one, and how sure the least sure of its parts is. */
function Consensus({ task, form }: { task: TaskRow; form: Form }) {
  const { shortName, partName } = useNames()
  const found = decidedOf(task, form)
  if (!found) {
    return (
      <>
        <td className="faint">–</td>
        <td className="num faint lo">–</td>
      </>
    )
  }
  const { question, values } = found
  const confidences = values.flatMap(({ of }) => of.confidence ?? [])
  return (
    <>
      <td className={values.length === 1 ? 'tasks-consensus nowrap' : 'tasks-consensus'}>
        {values
          .slice(0, SAID)
          .map(({ part, of }) =>
            [partName(question, part), shortName(question, of)].filter(Boolean).join(': '),
          )
          .join(', ')}
        {values.length > SAID && ' …'}
      </td>
      <td className="num lo">{confidences.length === 0 ? '–' : formatShare(Math.min(...confidences))}</td>
    </>
  )
}

/** The first question on which the task has a consensus, texts aside, with its parts; of a preference the overall one. */
function decidedOf({ consensus }: TaskRow, form: Form) {
  for (const question of form.questions) {
    if (!consensus || ['text', 'rewrite', 'turns'].includes(question.type)) continue
    const values = partsOf(question, consensus).flatMap((part) => {
      const of = consensus[part.key]
      return of && part.axis === undefined ? [{ part, of }] : []
    })
    if (values.length > 0) return { question, values }
  }
  return undefined
}

/** The known answer, and whether the consensus is right. */
function Gold({ task, form }: { task: TaskRow; form: Form }) {
  const { t } = useTranslation('projects')
  const value = decidedOf(task, form)?.values[0]?.of.value
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
