import { dedupeKey } from './content/pair.ts'
import { inBlocks } from './export/blocks.ts'
import { jsonLine, rowFloats } from './export/json-line.ts'
import { count, see, seeColumns, type WriteReport, type Written } from './export/report.ts'
import { splitOf } from './export/split.ts'
import type { Feedback } from './feedback/feedback.ts'
import { carriesImages } from './feedback/images.ts'
import { defaultWriteOptions, type Out, type WriteOptions } from './feedback/out.ts'
import { type WriteFormat, writers } from './write-formats.ts'

/**
 * Feedback as JSON Lines of a format. One piece of feedback may give no row, one, or (a ranking as pairs) many; all of its rows, and those of its group,
 * fall into one split.
 */
export function writeFeedback(
  format: WriteFormat,
  feedback: AsyncIterable<Feedback> | Iterable<Feedback>,
  options: Partial<WriteOptions> = {},
): Written {
  const report: WriteReport = { kept: 0, dropped: {}, notes: {}, splits: {} }
  const given = { ...defaultWriteOptions, ...options }
  const settled = { ...given, images: given.images && carriesImages(format) }
  const write = writers[format]
  async function* lines() {
    let rows: object[] = []
    const out: Out = {
      options: settled,
      row: (row) => rows.push(row),
      drop: (reason) => count(report.dropped, reason),
      note: (what) => count(report.notes, what),
      seen: (kind, name) => see(report, kind, name),
    }
    for await (const each of feedback) {
      rows = []
      write(each, out)
      if (rows.length === 0) continue
      if (each.known && format !== 'raw' && format !== 'openai-rft') out.note('known_answer_left_out')
      const split = splitOf(each.groupId ?? dedupeKey(each.task), settled.seed, settled.testShare)
      for (const row of rows) {
        report.kept++
        report.splits[split] = (report.splits[split] ?? 0) + 1
        seeColumns(report, split, row)
        yield { split, line: jsonLine(row, rowFloats) }
      }
    }
  }
  return { blocks: inBlocks(lines()), report }
}
