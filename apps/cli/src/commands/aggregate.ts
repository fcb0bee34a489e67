import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import {
  type DuplicatePolicy,
  goldFor,
  type Inference,
  infer,
  type Labels,
  type Method,
  methods,
} from '@groundwork/consensus'
import { type Command, Option } from 'commander'
import { facts, type Output, percent, print, progressBar } from '../output.ts'
import { inWords, readGold, readLabels } from './read-labels.ts'

type Flags = {
  method: Method
  gold?: string
  score?: string
  maxIterations?: string
  seed?: string
  out?: string
  workers?: string
  duplicates: DuplicatePolicy
}

/** `aggregate FILE.csv --method M`: needs no server. */
export function addAggregate(program: Command): void {
  program
    .command('aggregate <file>')
    .description('infer the truth from a CSV with the columns worker, task, label')
    .addOption(new Option('--method <method>').choices([...methods]).default('auto'))
    .option(
      '--gold <file>',
      'known answers (columns task, label): they are kept, and inform what is learnt of people',
    )
    .option('--score <file>', 'known answers (columns task, label) to compare with, not used to infer')
    .option('--max-iterations <n>')
    .option('--seed <n>')
    .option('--out <file>', 'posteriors as CSV: task,label,confidence and a column per class')
    .option('--workers <file>', 'reliability of each worker as CSV')
    .addOption(
      new Option('--duplicates <policy>', 'a worker who answers a task twice')
        .choices(['all', 'first', 'last'])
        .default('all'),
    )
    .action(async (file: string, flags: Flags, command: Command) => {
      const labels = await readLabels(file, flags.duplicates)
      const result = run(file, labels, flags, flags.gold ? await readGold(flags.gold) : undefined)
      if (flags.out) await writeCsv(flags.out, posteriorRows(result))
      if (flags.workers) await writeCsv(flags.workers, workerRows(result))
      const known = flags.score ? compare(labels, result, await readGold(flags.score)) : null
      const summary = {
        method: result.method,
        labels: labels.label.length,
        tasks: result.tasks.size,
        workers: result.workers.ids.size,
        classes: result.classes,
        duplicates: labels.duplicates,
        iterations: result.iterations,
        converged: result.converged,
        meanConfidence: mean(result.confidence),
        score: known,
        notes: result.notes,
      }
      const output = command.optsWithGlobals<Output>()
      if (!flags.out && !output.json) {
        for (const line of posteriorRows(result)) process.stdout.write(line)
        return
      }
      print(output, summary, () =>
        facts([
          [
            'method',
            `${summary.method}, ${summary.iterations} iterations${summary.converged ? '' : ', not converged'}`,
          ],
          [
            'input',
            `${summary.labels} labels on ${summary.tasks} tasks by ${summary.workers} workers, ${summary.classes.length} classes`,
          ],
          [
            'duplicates',
            `${labels.duplicates.repeated} rows beyond the first of a worker and task (${flags.duplicates} kept)`,
          ],
          ['confidence', `${percent(summary.meanConfidence)} on average`],
          ['accuracy', known ? `${percent(known.accuracy)} on ${known.tasks} known answers` : null],
        ]),
      )
    })
}

function run(file: string, labels: Labels, flags: Flags, known: Map<string, string> | undefined): Inference {
  const bar = progressBar('Inferring', 100, '%')
  try {
    return infer(labels, {
      method: flags.method,
      ...(known ? { gold: goldFor(labels, known).gold } : {}),
      ...(flags.maxIterations ? { maxIterations: Number(flags.maxIterations) } : {}),
      ...(flags.seed ? { seed: Number(flags.seed) } : {}),
      onProgress: (share) => bar.set(Math.round(share * 100)),
    })
  } catch (error) {
    throw inWords(error, file)
  } finally {
    bar.stop()
  }
}

/** How often the inferred answer is the known one; every known answer of a judged task counts. */
function compare(
  labels: Labels,
  result: Inference,
  known: Map<string, string>,
): { tasks: number; accuracy: number | null } {
  let tasks = 0
  let right = 0
  for (const [task, answer] of known) {
    const index = labels.tasks.indexOf(task)
    if (index < 0) continue
    tasks++
    if (result.classes[result.labels[index] ?? -1] === answer) right++
  }
  return { tasks, accuracy: tasks === 0 ? null : right / tasks }
}

const cell = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

function* posteriorRows(result: Inference): Generator<string> {
  const size = result.classes.length
  yield `${['task', 'label', 'confidence', ...result.classes.map(cell)].join(',')}\n`
  for (let task = 0; task < result.tasks.size; task++) {
    const shares = [...result.posteriors.subarray(task * size, (task + 1) * size)]
    yield `${[cell(result.tasks.name(task)), cell(result.classes[result.labels[task] ?? 0] ?? ''), result.confidence[task], ...shares].join(',')}\n`
  }
}

function* workerRows({ workers }: Inference): Generator<string> {
  yield 'worker,judgments,reliability\n'
  for (let worker = 0; worker < workers.ids.size; worker++) {
    yield `${[cell(workers.ids.name(worker)), workers.judgments[worker], workers.reliability[worker]].join(',')}\n`
  }
}

async function writeCsv(file: string, rows: Iterable<string>): Promise<void> {
  const sink = createWriteStream(file)
  for (const row of rows) if (!sink.write(row)) await once(sink, 'drain')
  sink.end()
  await once(sink, 'finish')
}

const mean = (values: Float64Array): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
