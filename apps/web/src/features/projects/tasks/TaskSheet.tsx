import type { ConsensusValue, Project, Question, TaskDetail } from '@groundwork/contract'
import { isUnanswered } from '@groundwork/contract/checks'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useRef } from 'react'
import { errorText } from '../../../api/error-text.ts'
import { isMissing } from '../../../api/missing.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { AnswerView } from '../../../ui/answer/AnswerView.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Pending } from '../../../ui/bits.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { formatPercent } from '../../../ui/format.ts'
import { NoSuch } from '../../../ui/NoSuch.tsx'
import { TaskPreview } from '../../../ui/task/TaskPreview.tsx'
import { useTargetName } from '../../../ui/task/target-name.ts'
import { formatShare } from '../figures.ts'
import { isOutcome, lacksMajority, type Part, partsOf, sharesOf } from '../outcomes.ts'
import { taskQuery } from '../queries.ts'
import { useNames } from '../results/use-names.ts'
import { taskName } from '../task-name.ts'
import { Judgments } from './Judgments.tsx'
import { effectiveFlag } from './judgment-flags.ts'
import { References } from './References.tsx'

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
  const content = useRef<HTMLDivElement>(null)
  const position = order.indexOf(taskId)
  const before = position > 0 ? order[position - 1] : undefined
  const after = position >= 0 ? order[position + 1] : undefined
  return (
    <Dialog
      open
      onClose={onClose}
      shape="panel"
      // Never a judgment's Accept: a stray Enter would pay it out.
      initialFocus={content}
      title={
        isMissing(error)
          ? t('tabs.tasks')
          : t('sheet.title', { name: taskName(task ?? { id: taskId, externalId: null }) })
      }
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
      <div className="task-sheet" ref={content} tabIndex={-1}>
        {isMissing(error) ? (
          <NoSuch noun="task" act={<Button onClick={onClose}>{t('sheet.all')}</Button>} />
        ) : error ? (
          <p className="form-error" role="alert">
            {errorText(error)}
          </p>
        ) : null}
        {!task && !error && <Pending />}
        {task && (
          <>
            <Summary project={project} task={task} />
            <Judgments project={project} task={task} />
            <References projectId={project.id} task={task} />
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

/** What the judgments of the task come to: in a sentence where one thing is asked, else question by question. */
function Summary({ project, task }: { project: Project; task: TaskDetail }) {
  const { t } = useTranslation(['projects', 'results', 'judgments'])
  const consensus = task.consensus ?? {}
  const rows = project.form.questions.flatMap((question) =>
    partsOf(question, consensus).flatMap((part) => {
      const of = consensus[part.key]
      return of ? [{ question, part, of }] : []
    }),
  )
  const asked = rows.filter(({ question }) => !['text', 'rewrite', 'turns'].includes(question.type))
  const [only] = asked
  return (
    <div className="sheet-summary">
      {rows.length === 0 ? (
        <p className="strong">
          {t(
            task.judgments.some((each) => effectiveFlag(each.flags))
              ? 'judgments:noneCounts'
              : 'sheet.noConsensus',
          )}
        </p>
      ) : asked.length === 1 && only ? (
        <OneConsensus {...only} />
      ) : (
        <dl className="sheet-consensus">
          {rows.map((row) => (
            <ConsensusRow key={row.part.key} {...row} task={task} />
          ))}
        </dl>
      )}
      <Known project={project} task={task} />
    </div>
  )
}

/** What is known to be right: in a sentence where it is the outcome of a comparison, else question by question. */
function Known({ project, task }: { project: Project; task: TaskDetail }) {
  const { t } = useTranslation(['projects', 'results'])
  const known = task.known ?? {}
  const questions = project.form.questions.filter(({ id }) => !isUnanswered(known[id]))
  if (isOutcome(task.gold) && Object.keys(known).length <= 1)
    return <p className="muted">{t('sheet.gold', { outcome: t(`outcomes.${task.gold}`) })}</p>
  if (questions.length === 0) return null
  return (
    <section className="sheet-known" aria-labelledby="sheet-known">
      <h3 id="sheet-known" className="small">
        {t('results:known')}
      </h3>
      <dl className="sheet-consensus">
        {questions.map((question) => (
          <div key={question.id}>
            <dt>{question.label}</dt>
            <dd>
              <AnswerView question={question} value={known[question.id]} task={task.payload} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

type Row = { question: Question; part: Part; of: ConsensusValue }

function OneConsensus({ question, of }: Row) {
  const { t } = useTranslation('projects')
  const { shortName, valueName } = useNames()
  const shares = ['preference', 'choice', 'scale', 'multichoice'].includes(question.type) ? sharesOf(of) : []
  return (
    <>
      <p className="strong">
        {of.value === null
          ? t('sheet.undecided')
          : t('sheet.consensus', { outcome: shortName(question, of) })}
      </p>
      {shares.length > 0 && (
        <p className="muted num">
          {shares
            .map(({ value, share }) => `${valueName(question, value)} ${formatPercent(share)}`)
            .join(', ')}
        </p>
      )}
    </>
  )
}

function ConsensusRow({ question, part, of, task }: Row & { task: TaskDetail }) {
  const { t } = useTranslation(['projects', 'results'])
  const { partName } = useNames()
  const written = ['text', 'rewrite', 'turns'].includes(question.type)
  const nameOf = useTargetName(task.payload)
  const name = part.target === undefined ? partName(question, part) : nameOf(part.target)
  // One part alone is drawn as the answer of the whole task would be.
  const whole = { ...question, each: 'task' } as Question
  return (
    <div>
      <dt>{[question.label, name].filter(Boolean).join(', ')}</dt>
      <dd>
        {written ? (
          <span className="muted">{t('results:sheet.texts')}</span>
        ) : of.value === null ? (
          <span className="caution">{t('outcomes.undecided')}</span>
        ) : lacksMajority(of) ? (
          <span className="caution">{t('results:noMajority')}</span>
        ) : (
          <AnswerView question={whole} value={of.value} task={task.payload} />
        )}
        <span className="faint small num">
          {[
            of.confidence === null
              ? ''
              : t('results:sheet.confidence', { share: formatShare(of.confidence) }),
            of.answers === undefined ? '' : t('results:sheet.answers', { count: of.answers }),
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
      </dd>
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
