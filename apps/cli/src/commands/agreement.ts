import { agreement, type DuplicatePolicy, type Estimate } from '@groundwork/consensus'
import { type Command, Option } from 'commander'
import { facts, type Output, print } from '../output.ts'
import { inWords, readLabels } from './read-labels.ts'

/** `agreement FILE.csv`: needs no server. */
export function addAgreement(program: Command): void {
  program
    .command('agreement <file>')
    .description('how far people agree, from a CSV with the columns worker, task, label')
    .addOption(
      new Option('--duplicates <policy>', 'a worker who answers a task twice')
        .choices(['all', 'first', 'last'])
        .default('all'),
    )
    .action(async (file: string, flags: { duplicates: DuplicatePolicy }, command: Command) => {
      const labels = await readLabels(file, flags.duplicates)
      const result = measured(file, () => agreement(labels))
      const summary = {
        tasks: labels.tasks.size,
        workers: labels.workers.size,
        labels: labels.label.length,
        duplicates: labels.duplicates,
        percent: result.percent,
        fleissKappa: result.fleissKappa,
        krippendorffAlpha: result.krippendorffAlpha,
        gwetAc1: result.gwetAc1,
      }
      print(command.optsWithGlobals<Output>(), summary, () =>
        facts([
          ['input', `${summary.labels} labels on ${summary.tasks} tasks by ${summary.workers} workers`],
          ['percent', inWordsOf(summary.percent)],
          ["Fleiss' kappa", inWordsOf(summary.fleissKappa)],
          ["Krippendorff's alpha", inWordsOf(summary.krippendorffAlpha)],
          ["Gwet's AC1", inWordsOf(summary.gwetAc1)],
        ]),
      )
    })
}

function measured<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw inWords(error, file)
  }
}

const inWordsOf = (estimate: Estimate): string =>
  Number.isFinite(estimate.value)
    ? `${estimate.value.toFixed(4)} (95 %: ${estimate.low.toFixed(3)} to ${estimate.high.toFixed(3)})`
    : 'undefined: nothing to compare'
