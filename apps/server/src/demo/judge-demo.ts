import type { Client } from '@groundwork/client'
import type { Assignment, PreferenceAnswer, PreferenceOutcome } from '@groundwork/contract'
import { type DemoTask, truthOf } from './demo-files.ts'
import { whenRight, whenTied, whenWrong } from './reasons.ts'

/** A trainer of the demo at work on one project. */
export type DemoTrainer = { client: Client; name: string; skill: number }

/** Lets the trainers judge in turn, through the API like everybody, until `judgments` are in or nothing is left for them. */
export async function judgeDemo(
  projectId: string,
  trainers: DemoTrainer[],
  tasks: Map<string, DemoTask>,
  judgments: number,
): Promise<void> {
  let done = 0
  for (let waiting = [...trainers]; waiting.length > 0 && done < judgments; ) {
    const left: DemoTrainer[] = []
    for (const trainer of waiting) {
      if (done >= judgments) break
      const { assignment } = await trainer.client.nextAssignment({ body: { projectId } })
      if (!assignment) continue
      const task = tasks.get(assignment.task.externalId ?? '')
      if (task) await judge(trainer, assignment, task)
      done++
      left.push(trainer)
    }
    waiting = left
  }
}

async function judge(
  { client, name, skill }: DemoTrainer,
  assignment: Assignment,
  task: DemoTask,
): Promise<void> {
  const params = { id: assignment.id }
  const { epoch } = assignment
  const chance = share(name, task.externalId)
  const truth = truthOf(task)
  // Hard tasks pull everybody towards a coin.
  const right = chance(0) < skill - task.difficulty * 0.25
  const outcome = right ? truth : mistakenFor(truth, chance(1))
  const reason =
    right && chance(2) < 0.45
      ? task.why
      : pick(outcome === 'a' || outcome === 'b' ? (right ? whenRight : whenWrong) : whenTied, chance(3))
  await client.showAssignment({ params, body: { epoch } })
  await client.submitJudgment({
    params,
    body: {
      epoch,
      activeMs: 0,
      next: false,
      answer: { preference: graded(outcome, 1 + Math.floor(chance(4) * 3)), reason },
    },
    idempotencyKey: `demo:${assignment.id}:${epoch}`,
  })
}

function mistakenFor(truth: PreferenceOutcome, chance: number): PreferenceOutcome {
  if (truth === 'a' || truth === 'b') return chance < 0.25 ? 'tie' : truth === 'a' ? 'b' : 'a'
  return chance < 0.5 ? 'a' : 'b'
}

const graded = (outcome: PreferenceOutcome, strength: number): PreferenceAnswer => ({
  outcome,
  strength: outcome === 'a' ? -strength : outcome === 'b' ? strength : 0,
})

const pick = (list: string[], chance: number) => list[Math.floor(chance * list.length)] ?? ''

/** Numbers in [0, 1) that depend on the person and the task alone, so that every demo tells the same story. */
function share(...texts: string[]): (salt: number) => number {
  return (salt) => {
    let hash = 0x811c9dc5 ^ salt
    for (const character of `${texts.join('|')}|${salt}`)
      hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296
  }
}
