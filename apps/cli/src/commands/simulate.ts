import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { type Client, createClient } from '@groundwork/client'
import type { Form, KnownAnswerShare } from '@groundwork/contract'
import {
  act,
  checkResults,
  drawBehaviours,
  enrolTrainer,
  parseRecordedAnswers,
  type ResultCheck,
  type SimulatedTrainer,
  simulate,
  type Truth,
  truthOf,
} from '@groundwork/simulator'
import type { Command } from 'commander'
import { connection, openClient, UsageError } from '../environment.ts'
import { facts, type Output, percent, print, progressBar } from '../output.ts'

type Flags = {
  trainers: string
  seed: string
  skill: string
  laziness: string
  positionBias: string
  spam: string
  seconds: string
  pace: string
  judgments?: string
  replay?: string
  keys?: string
}

/** `simulate PROJECT --trainers N`: synthetic people who work through the public API, or recorded answers replayed. */
export function addSimulate(program: Command): void {
  program
    .command('simulate <project>')
    .description('let synthetic trainers work on a live project, and check what must hold')
    .option('--trainers <n>', 'how many', '12')
    .option('--seed <n>', 'the same seed gives the same trainers and answers', '1')
    .option('--skill <share>', 'mean chance to see the better response', '0.85')
    .option('--laziness <share>', 'share of tasks answered without reading', '0.03')
    .option('--position-bias <share>', 'lean towards the response shown first', '0.1')
    .option('--spam <share>', 'share of trainers who answer at random', '0')
    .option('--seconds <n>', 'median active seconds of a judgment', '60')
    .option('--pace <factor>', 'how much of that time is really waited for: 0 none, 1 all', '0')
    .option('--judgments <n>', 'stop after so many')
    .option('--replay <file>', 'recorded answers: CSV with externalId,trainer,outcome')
    .option('--keys <file>', "trainers' API keys, one a line, instead of signing new trainers up")
    .action(async (id: string, flags: Flags, command: Command) => {
      const team = openClient()
      const project = await team.getProject({ params: { id } })
      if (project.state !== 'live')
        throw new UsageError(`"${project.name}" is ${project.state}; launch it first.`)
      const tasks = await tasksOf(team, id)
      const gold = new Map([...tasks].flatMap(([taskId, task]) => (task.gold ? [[taskId, task.gold]] : [])))
      const trainers = flags.replay
        ? await recorded(flags, tasks)
        : await synthetic(flags, gold, project.form)

      const wanted = project.overlap.judgments
      const bar = progressBar('Judging', project.progress.slots.open, 'judgments')
      const report = await simulate({
        projectId: id,
        trainers,
        pace: Number(flags.pace),
        judgments: flags.judgments ? Number(flags.judgments) : undefined,
        onProgress: bar.set,
      }).finally(bar.stop)
      await consensusIsIn(team, id)
      const check = await checkResults(team, id, wanted, gold, classQuestion(project.form)?.id)
      const ledger = await team.getLedger({ params: { id } })
      const { items: knownAnswers } = await team.getKnownAnswers({ params: { id } })
      const { progress } = await team.getProject({ params: { id } })
      const decidedPairs = Math.max(check.gold.decided || progress.tasksDone, 1)
      const summary = {
        ...report,
        check,
        knownAnswers: knownAnswers.map((share) => ({
          ...share,
          label: project.form.questions.find((question) => question.id === share.question)?.label ?? '',
        })),
        ledger,
        spent: progress.money.spent,
        costPerDecidedPair: {
          amount: (Number(progress.money.spent.amount) / decidedPairs).toFixed(4),
          currency: progress.money.spent.currency,
        },
      }
      if (
        check.overAssignments > 0 ||
        check.repeatedTrainers > 0 ||
        Object.values(ledger.sums).some((sum) => Number(sum) !== 0)
      )
        process.exitCode = 1
      print(command.optsWithGlobals<Output>(), summary, () => readable(summary))
    })
}

type TaskKnowledge = { externalId: string | null; gold: string | null }

async function tasksOf(client: Client, id: string): Promise<Map<string, TaskKnowledge>> {
  const known = new Map<string, TaskKnowledge>()
  for (let cursor: string | undefined; ; ) {
    const page = await client.listTasks({
      params: { id },
      query: { limit: 200, ...(cursor ? { cursor } : {}) },
    })
    for (const task of page.tasks) known.set(task.id, { externalId: task.externalId, gold: task.gold })
    if (!page.nextCursor) return known
    cursor = page.nextCursor
  }
}

async function clientsFor(flags: Flags, names: string[]): Promise<Client[]> {
  const { baseUrl } = connection()
  if (!flags.keys) return Promise.all(names.map((name) => enrolTrainer(baseUrl, name)))
  const keys = (await readFile(flags.keys, 'utf8')).split(/\s+/).filter(Boolean)
  if (keys.length < names.length)
    throw new UsageError(`${flags.keys} holds ${keys.length} keys; ${names.length} trainers are wanted.`)
  return names.map((_, index) => createClient({ baseUrl, apiKey: keys[index] ?? '' }))
}

async function synthetic(flags: Flags, gold: Map<string, string>, form: Form): Promise<SimulatedTrainer[]> {
  const seed = Number(flags.seed)
  const behaviours = drawBehaviours(Number(flags.trainers), {
    seed,
    skill: Number(flags.skill),
    laziness: Number(flags.laziness),
    positionBias: Number(flags.positionBias),
    spamShare: Number(flags.spam),
    secondsPerTask: Number(flags.seconds),
  })
  const clients = await clientsFor(
    flags,
    behaviours.map((behaviour) => behaviour.name),
  )
  return behaviours.map((behaviour, index) => ({
    name: behaviour.name,
    client: clients[index] as Client,
    act: (assignment) =>
      act(behaviour, assignment, truthFor(form, gold.get(assignment.task.id), assignment.task.id), seed),
  }))
}

/** The question whose known answers a list of tasks tells. */
const classQuestion = ({ questions }: Form) =>
  questions.find(({ type }) => type === 'preference' || type === 'choice')

/** A comparison without a known answer is decided by a coin; of other forms the simulation draws what is right. */
function truthFor(form: Form, gold: string | undefined, taskId: string): Truth {
  if (classQuestion(form)?.type === 'preference') return { known: truthOf(gold, taskId) }
  return gold === undefined ? {} : { known: gold }
}

/** Recorded trainers answer what they answered, and skip what they never saw. */
async function recorded(flags: Flags, tasks: Map<string, TaskKnowledge>): Promise<SimulatedTrainer[]> {
  const people = [...parseRecordedAnswers(await readFile(flags.replay ?? '', 'utf8'))]
  const clients = await clientsFor(
    flags,
    people.map((_, index) => `replay-${index + 1}`),
  )
  return people.map(([name, answers], index) => ({
    name,
    client: clients[index] as Client,
    act: (assignment) => {
      const preference = answers.get(tasks.get(assignment.task.id)?.externalId ?? '')
      if (!preference) return { skip: true }
      return {
        skip: false,
        answer: {
          preference,
          reason:
            'Recorded answer, replayed as it was given; the reason was not recorded with it, so these words stand in for it.',
        },
        activeMs: 60_000,
      }
    },
  }))
}

/** The consensus follows the judgments by a second or two; what is reported must not be older than the work. */
async function consensusIsIn(client: Client, id: string): Promise<void> {
  const bar = progressBar('Consensus', 100, '%')
  for (let waited = 0; waited < 120; waited++) {
    let due = 0
    let seen = 0
    for await (const line of await client.getResults({ params: { id } })) {
      const counted = line.judgments.filter((judgment) => !judgment.late).length
      seen += counted > 0 ? 1 : 0
      due += counted > 0 && Object.keys(line.consensus).length === 0 ? 1 : 0
    }
    bar.set(seen === 0 ? 100 : Math.round(((seen - due) / seen) * 100))
    // One more second: the newest judgments of tasks that had a consensus before.
    await wait(due === 0 ? 1_500 : 500)
    if (due === 0) break
  }
  bar.stop()
}

type Summary = Awaited<ReturnType<typeof simulate>> & {
  check: ResultCheck
  knownAnswers: (KnownAnswerShare & { label: string })[]
  ledger: { sums: Record<string, string> }
  spent: { amount: string; currency: string }
  costPerDecidedPair: { amount: string; currency: string }
}

function readable(summary: Summary): string {
  const { latencies, check } = summary
  const times = (of: { p50: number | null; p90: number | null; p99: number | null }) =>
    `${of.p50} / ${of.p90} / ${of.p99} ms`
  return facts([
    [
      'judgments',
      `${summary.judgments} in ${summary.seconds.toFixed(1)} s, ${summary.judgmentsPerSecond.toFixed(0)} a second; ${summary.skips} skipped`,
    ],
    ['next, p50 / p90 / p99', times(latencies.next)],
    ['submit, p50 / p90 / p99', times(latencies.submit)],
    [
      'stopped because',
      Object.entries(summary.stopped)
        .map(([reason, count]) => `${reason} ${count}`)
        .join(', '),
    ],
    [
      'refused',
      Object.entries(summary.errors)
        .map(([code, count]) => `${code} ${count}`)
        .join(', ') || 'nothing',
    ],
    ['over-assignments', check.overAssignments],
    ['same task twice', check.repeatedTrainers],
    ...summary.knownAnswers.map(({ question, label, tasks, decided, correct }): [string, string] => [
      `right on ${question}`,
      `${percent(decided === 0 ? null : correct / decided)} of ${decided} decided tasks; ${tasks} have a known answer to "${label}"`,
    ]),
    [
      'spent',
      `${summary.spent.amount} ${summary.spent.currency}, ${summary.costPerDecidedPair.amount} per decided task`,
    ],
    [
      'ledger',
      Object.entries(summary.ledger.sums)
        .map(([currency, sum]) => `${currency} sums to ${sum}`)
        .join(', '),
    ],
  ])
}
