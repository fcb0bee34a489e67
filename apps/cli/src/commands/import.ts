import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Imported, type ImportFormat, importFormat } from '@groundwork/contract'
import { type Command, Option } from 'commander'
import { openClient, UsageError } from '../environment.ts'
import { type Output, print, progressBar } from '../output.ts'
import { packFolder } from '../pack-folder.ts'

/** How many bad rows are shown; the count is of all. */
const SHOWN = 20

type ImportFlags = {
  format?: ImportFormat
  map?: string
  annotations: 'ignore' | 'reference' | 'gold'
  background?: boolean
}

/** `import PROJECT FILE-OR-FOLDER` */
export function addImport(program: Command): void {
  program
    .command('import <project> <file>')
    .description(
      'import tasks from a file, or from a folder or zip of a file and the images that it shows; streamed',
    )
    .addOption(
      new Option('--format <format>', 'default: auto; a --map makes it pairs').choices(importFormat.options),
    )
    .option('--map <fields>', 'fields of any record: prompt=input,a=output_1,b=output_2,gold=label,id=idx')
    .addOption(
      new Option(
        '--annotations <use>',
        'votes, ratings and rankings in the file: the known answer, kept beside the task, or left out',
      )
        .choices(['gold', 'reference', 'ignore'])
        .default('gold'),
    )
    .option('--background', 'store the file first and read it there; a broken connection then costs nothing')
    .action(async (id: string, file: string, flags: ImportFlags, command: Command) => {
      const source = await openSource(file)
      const bar = progressBar('Sending', Math.ceil(source.bytes / 1024), 'KiB')
      const sent = await openClient()
        .importTasks({
          params: { id },
          query: {
            format: flags.format ?? (flags.map ? 'pairs' : 'auto'),
            fileName: basename(file),
            annotations: flags.annotations,
            ...(flags.map ? { map: flags.map } : {}),
            ...(flags.background ? { background: 'true' as const } : {}),
          },
          body: source.body,
          onProgress: (bytes) => bar.set(Math.ceil(bytes / 1024)),
        })
        .finally(bar.stop)
      const imported = flags.background ? await finished(sent.id) : sent
      if (imported.created === 0 && imported.duplicates === 0 && imported.rejectedCount > 0)
        process.exitCode = 1
      print(command.optsWithGlobals<Output>(), imported, () =>
        [
          `${imported.created} tasks created, ${imported.duplicates} duplicates, ${imported.rejectedCount} rows rejected (read as ${imported.format}).`,
          ...known(imported),
          ...imported.rejected
            .slice(0, SHOWN)
            .map((row) => `  line ${row.line}: ${row.message} (${row.code})`),
          ...(imported.rejectedCount > SHOWN ? [`  … and ${imported.rejectedCount - SHOWN} more`] : []),
        ].join('\n'),
      )
    })
}

/** What became of the judgments in the file. */
function known({ knownAnswers: { set, unusable } }: Imported): string[] {
  const without =
    unusable > 0 ? `${set > 0 ? '; of' : 'Of'} ${unusable} judged rows no known answer could be made` : ''
  return set + unusable === 0
    ? []
    : [`${set > 0 ? `${set} known ${set === 1 ? 'answer' : 'answers'} set` : ''}${without}.`]
}

/** Waits until a stored file is read. */
async function finished(id: string): Promise<Imported> {
  const client = openClient()
  const bar = progressBar('Reading', 100, '%')
  try {
    for (;;) {
      const now = await client.getImport({ params: { id } })
      const { read, all } = now.bytes
      bar.set(all ? Math.round((read / all) * 100) : 0)
      if (now.state === 'broken_off' || now.state === 'canceled')
        throw new UsageError(`The import ended early: ${now.error ?? now.state}`)
      if (now.state === 'done') return now
      await wait(300)
    }
  } finally {
    bar.stop()
  }
}

/** A file as it is; a folder as a zip. */
async function openSource(path: string): Promise<{ bytes: number; body: AsyncIterable<Uint8Array> }> {
  const found = await stat(path)
  if (found.isDirectory()) return packFolder(path)
  return { bytes: found.size, body: createReadStream(path, { highWaterMark: 256 * 1024 }) }
}
