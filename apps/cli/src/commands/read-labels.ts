import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import {
  ConsensusError,
  CsvError,
  type DuplicatePolicy,
  GoldCsvParser,
  type Labels,
  LabelsCsvParser,
} from '@groundwork/consensus'
import { UsageError } from '../environment.ts'
import { progressBar } from '../output.ts'

type Parser<T> = { push: (chunk: Uint8Array) => void; finish: () => T }

/** Reads a CSV with the columns worker, task, label as a stream. */
export const readLabels = (file: string, duplicates: DuplicatePolicy): Promise<Labels> =>
  read(file, new LabelsCsvParser({ duplicates }))

/** Reads a CSV with the columns task, label. */
export const readGold = (file: string) => read(file, new GoldCsvParser())

async function read<T>(file: string, parser: Parser<T>): Promise<T> {
  const { size } = await stat(file)
  const bar = progressBar('Reading', Math.ceil(size / 1024), 'KiB')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
      parser.push(chunk as Uint8Array)
      bytes += (chunk as Uint8Array).length
      bar.set(Math.ceil(bytes / 1024))
    }
    return parser.finish()
  } catch (error) {
    throw inWords(error, file)
  } finally {
    bar.stop()
  }
}

/** Bad input in words, by line; at most ten of them. */
export function inWords(error: unknown, file: string): unknown {
  if (error instanceof CsvError) {
    const lines = error.problems.slice(0, 10).map((problem) => `  line ${problem.line}: ${problem.message}`)
    return new UsageError([`${file} cannot be read:`, ...lines].join('\n'))
  }
  return error instanceof ConsensusError ? new UsageError(`${file}: ${error.message}`) : error
}
