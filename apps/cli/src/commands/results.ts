import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Command } from 'commander'
import { openClient } from '../environment.ts'
import { type Output, print } from '../output.ts'

/** `results PROJECT [--out F]`: always NDJSON; `--json` only concerns the summary that `--out` prints. */
export function addResults(program: Command): void {
  program
    .command('results <project>')
    .description('a line per task with its judgments and consensus, as NDJSON')
    .option('--out <file>', 'write to a file instead of standard output')
    .action(async (id: string, options: { out?: string }, command: Command) => {
      const sink = options.out ? createWriteStream(options.out) : process.stdout
      let tasks = 0
      for await (const line of await openClient().getResults({ params: { id } })) {
        tasks++
        if (!sink.write(`${JSON.stringify(line)}\n`)) await once(sink, 'drain')
      }
      if (!options.out) return
      sink.end()
      await once(sink, 'finish')
      print(
        command.optsWithGlobals<Output>(),
        { tasks, file: options.out },
        () => `${tasks} tasks written to ${options.out}.`,
      )
    })
}
