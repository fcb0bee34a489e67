import { ConsensusError } from '../errors.ts'
import type { Labels } from './labels.ts'

/** Per task the class index of the known answer, or −1. */
export type Gold = Int32Array

/**
 * Known answers by task id, as indices for `infer`. Answers for tasks that nobody judged are counted and passed over.
 * Throws ConsensusError `bad_row` for an answer that is not among the classes (name it in the `classes` option when reading the labels).
 */
export function goldFor(
  labels: Labels,
  answers: Iterable<readonly [task: string, label: string]>,
): { gold: Gold; known: number; unknownTasks: number } {
  const gold = new Int32Array(labels.tasks.size).fill(-1)
  const position = new Map(labels.classes.map((name, index) => [name, index]))
  let unknownTasks = 0
  for (const [task, label] of answers) {
    const index = labels.tasks.indexOf(task)
    if (index < 0) {
      unknownTasks++
      continue
    }
    const answer = position.get(label)
    if (answer === undefined)
      throw new ConsensusError(
        'bad_row',
        `The known answer '${label}' of task '${task}' is not among the classes ${labels.classes.map((name) => `'${name}'`).join(', ')}`,
      )
    gold[index] = answer
  }
  let known = 0
  for (const answer of gold) if (answer >= 0) known++
  return { gold, known, unknownTasks }
}
