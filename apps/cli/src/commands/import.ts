import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ImportFormat } from '@groundwork/contract'
import type { Command } from 'commander'
import { openClient } from '../environment.ts'
import { type Output, print, progressBar } from '../output.ts'

/** How many bad rows are shown; the count is of all. */
const SHOWN = 20

/** `import PROJECT FILE` */
export function addImport(program: Command): void {
  program
    .command('import <project> <file>')
    .description('import tasks from JSONL, a JSON array or CSV, streamed')
    .option('--format <format>', 'auto, trl-preference, hh-rlhf, pairs or raw; a --map makes it pairs')
    .option('--map <fields>', 'fields of any record: prompt=input,a=output_1,b=output_2,gold=label,id=idx')
    .action(
      async (
        id: string,
        file: string,
        options: { format?: ImportFormat; map?: string },
        command: Command,
      ) => {
        const { size } = await stat(file)
        const bar = progressBar('Sending', Math.ceil(size / 1024), 'KiB')
        const imported = await openClient()
          .importTasks({
            params: { id },
            query: {
              format: options.format ?? (options.map ? 'pairs' : 'auto'),
              fileName: basename(file),
              ...(options.map ? { map: options.map } : {}),
            },
            body: createReadStream(file, { highWaterMark: 256 * 1024 }),
            onProgress: (sent) => bar.set(Math.ceil(sent / 1024)),
          })
          .finally(bar.stop)
        if (imported.created === 0 && imported.duplicates === 0 && imported.rejectedCount > 0)
          process.exitCode = 1
        print(command.optsWithGlobals<Output>(), imported, () =>
          [
            `${imported.created} tasks created, ${imported.duplicates} duplicates, ${imported.rejectedCount} rows rejected (read as ${imported.format}).`,
            ...imported.rejected
              .slice(0, SHOWN)
              .map((row) => `  line ${row.line}: ${row.message} (${row.code})`),
            ...(imported.rejectedCount > SHOWN ? [`  … and ${imported.rejectedCount - SHOWN} more`] : []),
          ].join('\n'),
        )
      },
    )
}
