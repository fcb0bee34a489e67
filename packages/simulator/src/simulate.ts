import { randomUUID } from 'node:crypto'
import { ApiError, type Client } from '@groundwork/client'
import type { Assignment, NextAssignment, NoWorkReason, PreferenceOutcome } from '@groundwork/contract'
import { Latencies } from './latencies.ts'
import type { Act } from './synthetic-trainer.ts'

/** One trainer of a simulation: its way into the API, and what it does with a task. */
export type SimulatedTrainer = { name: string; client: Client; act: (assignment: Assignment) => Act }

export type SimulationOptions = {
  projectId: string
  trainers: SimulatedTrainer[]
  /** Stop after so many judgments in all; undefined: when there is nothing left to do. */
  judgments?: number | undefined
  /** How much of a trainer's active time is really waited for: 0 not at all, 1 in real time. */
  pace?: number
  onProgress?: (judgments: number) => void
}

export type SimulationReport = {
  judgments: number
  skips: number
  /** Wall-clock seconds. */
  seconds: number
  judgmentsPerSecond: number
  latencies: { next: ReturnType<Latencies['summary']>; submit: ReturnType<Latencies['summary']> }
  /** Why each trainer stopped. */
  stopped: Partial<Record<NoWorkReason | 'limit', number>>
  /** Refusals by error code that were not expected in normal work. */
  errors: Record<string, number>
  /** Times that a trainer was handed a task that it had judged already. */
  repeats: number
}

/** Lets the trainers work at once until nothing is left. Everything goes through the public API, as it would for people. */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const next = new Latencies()
  const submit = new Latencies()
  const report: SimulationReport = {
    judgments: 0,
    skips: 0,
    seconds: 0,
    judgmentsPerSecond: 0,
    latencies: { next: next.summary(), submit: submit.summary() },
    stopped: {},
    errors: {},
    repeats: 0,
  }
  const started = performance.now()
  const limit = options.judgments ?? Number.POSITIVE_INFINITY
  let begun = 0

  const work = async (trainer: SimulatedTrainer) => {
    const done = new Set<string>()
    for (;;) {
      if (begun >= limit) return stop('limit')
      begun++
      const offered = await timed(next, () =>
        trainer.client.nextAssignment({ body: { projectId: options.projectId } }),
      )
      if (offered.assignment === null) {
        begun--
        return stop(offered.reason)
      }
      if (done.has(offered.assignment.task.id)) report.repeats++
      done.add(offered.assignment.task.id)
      await doOne(trainer, offered.assignment)
    }
  }

  const doOne = async ({ client, act }: SimulatedTrainer, assignment: Assignment) => {
    const params = { id: assignment.id }
    const { epoch } = assignment
    const decided = act(assignment)
    try {
      if (decided.skip) {
        await client.skipAssignment({ params, body: { epoch, reason: 'simulated' } })
        report.skips++
        begun--
        return
      }
      await client.showAssignment({ params, body: { epoch } })
      if (options.pace)
        await new Promise((resolve) => setTimeout(resolve, decided.activeMs * (options.pace ?? 0)))
      const { answer, activeMs } = decided
      await timed(submit, () =>
        client.submitJudgment({
          params,
          body: { epoch, answer, activeMs, next: false },
          idempotencyKey: randomUUID(),
        }),
      )
      report.judgments++
      options.onProgress?.(report.judgments)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      report.errors[error.code] = (report.errors[error.code] ?? 0) + 1
    }
  }

  const stop = (reason: NoWorkReason | 'limit') => {
    report.stopped[reason] = (report.stopped[reason] ?? 0) + 1
  }

  await Promise.all(options.trainers.map(work))
  report.seconds = (performance.now() - started) / 1000
  report.judgmentsPerSecond = report.judgments / report.seconds
  report.latencies = { next: next.summary(), submit: submit.summary() }
  return report
}

async function timed<T extends NextAssignment | unknown>(
  latencies: Latencies,
  call: () => Promise<T>,
): Promise<T> {
  const started = performance.now()
  const result = await call()
  latencies.add(performance.now() - started)
  return result
}

/** The better response of a task as the simulation takes it: the known answer, or a coin that always falls alike for the task. */
export function truthOf(gold: string | null | undefined, taskId: string): PreferenceOutcome {
  if (gold) return gold as PreferenceOutcome
  return [...taskId].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 2 === 0 ? 'a' : 'b'
}
