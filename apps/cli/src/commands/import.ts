import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ImportFormat } from '@groundwork/contract'
import type { Command } from 'commander'
import { openClient } from '../environment.ts'
import { type Output, print, progressBar } from '../output.ts'
import { packFolder } from '../pack-folder.ts'

/** How many bad rows are shown; the count is of all. */
const SHOWN = 20

/** `import PROJECT FILE-OR-FOLDER` */
export function addImport(program: Command): void {
  program
    .command('import <project> <file>')
    .description(
      'import tasks from a file, or from a folder or zip of a file and the images that it shows; streamed',
    )
    .option('--format <format>', 'auto, trl-preference, hh-rlhf, pairs or raw; a --map makes it pairs')
    .option('--map <fields>', 'fields of any record: prompt=input,a=output_1,b=output_2,gold=label,id=idx')
    .action(
      async (
        id: string,
        file: string,
        options: { format?: ImportFormat; map?: string },
        command: Command,
      ) => {
        const source = await openSource(file)
        const bar = progressBar('Sending', Math.ceil(source.bytes / 1024), 'KiB')
        const imported = await openClient()
          .importTasks({
            params: { id },
            query: {
              format: options.format ?? (options.map ? 'pairs' : 'auto'),
              fileName: basename(file),
              ...(options.map ? { map: options.map } : {}),
            },
            body: source.body,
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

/** A file as it is; a folder as a zip. */
async function openSource(path: string): Promise<{ bytes: number; body: AsyncIterable<Uint8Array> }> {
  const found = await stat(path)
  if (found.isDirectory()) return packFolder(path)
  return { bytes: found.size, body: createReadStream(path, { highWaterMark: 256 * 1024 }) }
}
