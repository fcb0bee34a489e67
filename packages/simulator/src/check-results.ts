import type { Client } from '@groundwork/client'

export type ResultCheck = {
  tasks: number
  judgments: number
  /** Tasks with more counted judgments than wanted, and trainers who judged a task twice. Both must be 0. */
  overAssignments: number
  repeatedTrainers: number
  /** The consensus against the known answers. */
  gold: { tasks: number; decided: number; correct: number; accuracy: number | null }
}

/**
 * Reads all results of a project and checks what must hold after any amount of work.
 * @param wanted judgments wanted per task
 * @param gold known classes by task id @param question id of the question that they answer
 */
export async function checkResults(
  client: Client,
  projectId: string,
  wanted: number,
  gold: Map<string, string>,
  question = 'preference',
): Promise<ResultCheck> {
  const check: ResultCheck = {
    tasks: 0,
    judgments: 0,
    overAssignments: 0,
    repeatedTrainers: 0,
    gold: { tasks: gold.size, decided: 0, correct: 0, accuracy: null },
  }
  for await (const { task, judgments, consensus } of await client.getResults({ params: { id: projectId } })) {
    const counted = judgments.filter((judgment) => !judgment.late)
    check.tasks++
    check.judgments += judgments.length
    if (counted.length > wanted) check.overAssignments += counted.length - wanted
    check.repeatedTrainers +=
      judgments.length - new Set(judgments.map((judgment) => judgment.trainer.id)).size
    const answer = gold.get(task.id)
    const value = consensus[question]?.value
    if (answer && value) {
      check.gold.decided++
      if (value === answer) check.gold.correct++
    }
  }
  check.gold.accuracy = check.gold.decided === 0 ? null : check.gold.correct / check.gold.decided
  return check
}
