import { ConsensusError } from '../errors.ts'
import { type LabelRow, labelsFromRows } from '../labels/labels.ts'
import { type InferOptions, infer } from '../truth/infer.ts'
import type { Inference } from '../truth/types.ts'

/** One person's answer to a question where several options may be chosen. */
export interface MultiChoiceRow {
  readonly worker: string
  readonly task: string
  readonly chosen: readonly string[]
}

export interface MultiChoiceConsensus {
  readonly options: readonly string[]
  readonly tasks: readonly string[]
  /** P(option belongs to the task), tasks × options. */
  readonly probability: Float64Array
  /** Per task the options with probability above one half. */
  readonly chosen: readonly (readonly string[])[]
  /** The inference over (task, option) pairs, with the workers' reliabilities. */
  readonly inference: Inference
}

const YES = 'yes'
const NO = 'no'

/**
 * Multi-label questions: each option of each task is a yes-or-no question answered by whoever answered the task, and people's
 * reliabilities are learnt over all of them. Throws ConsensusError `bad_row` for an option that is not on the list.
 */
export function multiChoiceConsensus(
  rows: readonly MultiChoiceRow[],
  options: readonly string[],
  inferOptions: Omit<InferOptions, 'gold'> = {},
): MultiChoiceConsensus {
  const known = new Set(options)
  const tasks: string[] = []
  const taskIndex = new Map<string, number>()
  const pairs: LabelRow[] = []
  for (const { worker, task, chosen } of rows) {
    const stranger = chosen.find((option) => !known.has(option))
    if (stranger !== undefined)
      throw new ConsensusError(
        'bad_row',
        `'${stranger}' in task '${task}' is not among the options ${options.join(', ')}`,
      )
    if (!taskIndex.has(task)) {
      taskIndex.set(task, tasks.length)
      tasks.push(task)
    }
    options.forEach((option, o) => {
      pairs.push({
        worker,
        task: `${taskIndex.get(task)}:${o}`,
        label: chosen.includes(option) ? YES : NO,
      })
    })
  }
  const inference = infer(labelsFromRows(pairs, { classes: [NO, YES] }), inferOptions)
  const probability = new Float64Array(tasks.length * options.length)
  for (let t = 0; t < tasks.length; t++)
    for (let o = 0; o < options.length; o++)
      probability[t * options.length + o] =
        inference.posteriors[inference.tasks.indexOf(`${t}:${o}`) * 2 + 1]!
  return {
    options,
    tasks,
    probability,
    chosen: tasks.map((_, t) => options.filter((__, o) => probability[t * options.length + o]! > 0.5)),
    inference,
  }
}

/** One person's verdict on one step of a task (a step of reasoning, a turn of a conversation). */
export interface StepRow {
  readonly worker: string
  readonly task: string
  readonly step: number
  readonly label: string
}

export interface StepConsensus {
  readonly task: string
  /** Per step, in order: the verdict, its probability and the probabilities of all classes. */
  readonly steps: readonly {
    readonly step: number
    readonly label: string
    readonly confidence: number
    readonly distribution: Float64Array
  }[]
  /** The first step whose verdict is not among the good ones, or −1; only where `good` was given. */
  readonly firstError: number
  /** Probability that every step is good; only where `good` was given, else NaN. */
  readonly allGood: number
}

/**
 * Step by step verdicts (and turns of a conversation): every step is a question of its own, people's reliabilities are learnt over all
 * steps of all tasks. `good` names the verdicts that are no error.
 */
export function stepConsensus(
  rows: readonly StepRow[],
  options: Omit<InferOptions, 'gold'> & {
    readonly classes?: readonly string[]
    readonly good?: readonly string[]
  } = {},
): { readonly tasks: readonly StepConsensus[]; readonly inference: Inference } {
  const tasks = new Map<string, { number: number; steps: Set<number> }>()
  const labels = labelsFromRows(
    rows.map(({ worker, task, step, label }) => {
      const entry = tasks.get(task) ?? { number: tasks.size, steps: new Set<number>() }
      tasks.set(task, entry)
      entry.steps.add(step)
      return { worker, task: `${entry.number}:${step}`, label }
    }),
    options.classes ? { classes: options.classes } : {},
  )
  const { classes: _, good: goodNames, ...inferOptions } = options
  const inference = infer(labels, inferOptions)
  const { classes } = inference
  const good = goodNames && new Set(goodNames)
  const out = [...tasks].map(([task, { number, steps }]) => {
    let allGood = 1
    let firstError = -1
    const verdicts = [...steps]
      .sort((a, b) => a - b)
      .map((step) => {
        const t = inference.tasks.indexOf(`${number}:${step}`)
        const distribution = inference.posteriors.slice(t * classes.length, (t + 1) * classes.length)
        const label = classes[inference.labels[t]!]!
        if (good) {
          allGood *= classes.reduce((sum, name, k) => sum + (good.has(name) ? distribution[k]! : 0), 0)
          if (firstError < 0 && !good.has(label)) firstError = step
        }
        return { step, label, confidence: inference.confidence[t]!, distribution }
      })
    return { task, steps: verdicts, firstError, allGood: good ? allGood : Number.NaN }
  })
  return { tasks: out, inference }
}
