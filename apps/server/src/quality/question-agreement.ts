import { krippendorffAlpha, type Labels, labelsFromColumns, percentAgreement } from '@groundwork/consensus'
import type { ConsensusValue, Form, Question, QuestionAgreement } from '@groundwork/contract'
import type { Tx } from '../platform/index.ts'
import { comparableConsensus } from './consensus-queries.ts'
import { strategyOf } from './strategies/registry.ts'
import { finite, meanOf } from './strategies/strategy.ts'

/** Agreement is computed from this many tasks; of more it hardly changes. */
export const AGREEMENT_TASKS = 10_000
/** Half the width of a 95 % interval, in standard errors. */
const REACH = 1.96

/** How much people agree on each question of a form that has a measure for it and an answer, in the form's order. */
export async function agreementByQuestion(
  tx: Tx,
  projectId: string,
  form: Form,
): Promise<QuestionAgreement[]> {
  const tasks = await comparableConsensus(tx, projectId, AGREEMENT_TASKS)
  return form.questions.flatMap((question) => agreementsOf(question, tasks))
}

/** One entry, or one for each axis of a preference. Targets of a question are taken together. */
function agreementsOf(question: Question, tasks: Record<string, ConsensusValue>[]): QuestionAgreement[] {
  const { measure } = strategyOf(question)
  if (!measure) return []
  const prefix = `${question.id}.`
  const found = tasks.flatMap((consensus) =>
    Object.entries(consensus)
      .filter(([key]) => key === question.id || key.startsWith(prefix))
      .map(([key, value]) => ({ group: question.type === 'preference' ? key : question.id, value })),
  )
  const groups = Map.groupBy(found, ({ group }) => group)
  const inOrder = question.type === 'preference' ? axesInOrder(question) : [question.id]
  return inOrder.flatMap((key): QuestionAgreement[] => {
    const values = groups.get(key)?.map(({ value }) => value)
    if (!values) return []
    const shared = values.filter(({ answers }) => (answers ?? 0) > 1)
    const figures = measure.startsWith('alpha')
      ? ofVotes(question, shared, measure)
      : ofPairs(shared, measure === 'kendall_tau')
    return [{ question: key, type: question.type, measure, ...figures, tasks: shared.length }]
  })
}

const axesInOrder = ({ id, axes }: Extract<Question, { type: 'preference' }>) => [
  id,
  ...(axes ?? []).map((axis) => `${id}.${axis.id}`),
]

type Figures = Pick<QuestionAgreement, 'value' | 'percent' | 'low' | 'high'>

/** Krippendorff's alpha, and the percentage with its interval, from how often each class was given. */
export function ofLabels(labels: Labels, scale: 'nominal' | 'ordinal' = 'nominal'): Figures {
  const percent = percentAgreement(labels)
  return {
    value: finite(krippendorffAlpha(labels, { scale }).value),
    percent: finite(percent.value),
    low: finite(percent.low),
    high: finite(percent.high),
  }
}

function ofVotes(
  question: Question,
  values: ConsensusValue[],
  measure: QuestionAgreement['measure'],
): Figures {
  // A step of a task is a unit of its own; of everything else the task is.
  const units = values.flatMap(({ votes = {} }) =>
    question.type === 'steps' ? byStep(votes) : [Object.entries(votes)],
  )
  const ordinal = measure === 'alpha_ordinal'
  const given = units.map((unit) => unit.filter(([name]) => !ordinal || name !== 'na'))
  const names = [...new Set(given.flatMap((unit) => unit.map(([name]) => name)))]
  const classes = ordinal ? names.sort((one, other) => Number(one) - Number(other)) : names
  const rows = given.flatMap((unit, task) => {
    const labels = unit.flatMap(([name, count]) => Array<number>(count).fill(classes.indexOf(name)))
    // Who said it changes neither figure.
    return labels.map((label, worker) => ({ task, worker, label }))
  })
  if (rows.length === 0) return { value: null, percent: null, low: null, high: null }
  const column = (of: 'task' | 'worker' | 'label') => Int32Array.from(rows, (row) => row[of])
  return ofLabels(
    labelsFromColumns({ task: column('task'), worker: column('worker'), label: column('label'), classes }),
    ordinal ? 'ordinal' : 'nominal',
  )
}

/** Counts under `step:label`, apart by step. */
function byStep(votes: Record<string, number>): [string, number][][] {
  const entries = Object.entries(votes).map(([key, count]) => {
    const [step = '', label = ''] = key.split(':')
    return { step, of: [label, count] as [string, number] }
  })
  return [...Map.groupBy(entries, ({ step }) => step).values()].map((step) => step.map(({ of }) => of))
}

/** The mean of a measure of pairs over the tasks, each counting once. */
function ofPairs(values: ConsensusValue[], isTau: boolean): Figures {
  const measured = values.flatMap(({ agreement }) => agreement ?? [])
  if (measured.length === 0) return { value: null, percent: null, low: null, high: null }
  const value = meanOf(measured)
  const variance =
    measured.reduce((sum, each) => sum + (each - value) ** 2, 0) / Math.max(measured.length - 1, 1)
  const reach = (REACH * Math.sqrt(variance)) / Math.sqrt(measured.length)
  const percent = (of: number) => Math.min(1, Math.max(0, isTau ? (1 + of) / 2 : of))
  return {
    value,
    percent: percent(value),
    // Of one task there is no telling.
    low: measured.length > 1 ? percent(value - reach) : null,
    high: measured.length > 1 ? percent(value + reach) : null,
  }
}
