import type { PreferenceOutcome, TaskPayload } from '@groundwork/contract'
import { canonicalJson } from '../content/canonical-json.ts'
import { inBlocks } from '../export/blocks.ts'
import type { WriteReport, Written } from '../export/report.ts'

/** Everything that is known about one task. Ids and dates are the caller's; they are written as they stand. */
export type RawRow = {
  id: string
  task: TaskPayload
  state?: string
  gold?: PreferenceOutcome | string | null
  judgments: readonly unknown[]
  consensus: unknown
}

/** Version of the line's shape, in every line, so that a later reader knows what it has. */
export const RAW_VERSION = 1

/**
 * The lossless export: one line a task with its payload, known answer, every judgment and the consensus. `readTasks` reads it back.
 * Keys are sorted, so equal rows give equal bytes.
 */
export function writeRaw(rows: AsyncIterable<RawRow> | Iterable<RawRow>): Written {
  const report: WriteReport = { kept: 0, dropped: {}, notes: {}, splits: { train: 0 } }
  async function* lines() {
    for await (const row of rows) {
      report.kept++
      report.splits.train = report.kept
      yield { split: 'train' as const, line: canonicalJson({ version: RAW_VERSION, ...row }) }
    }
  }
  return { blocks: inBlocks(lines()), report }
}
