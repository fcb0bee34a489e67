import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Block, Split } from '../export/report.ts'

/** A part of a split as JSON Lines in a file. `longest`: bytes of its longest line. */
export type SpoolFile = { path: string; split: Split; rows: number; bytes: number; longest: number }

/**
 * Puts rows into files of about a size, for what can only be written when all rows are known.
 * @param shardBytes a file that has so many bytes is followed by another
 */
export async function spool(
  blocks: AsyncIterable<Block>,
  folder: string,
  shardBytes: number,
): Promise<SpoolFile[]> {
  const files: SpoolFile[] = []
  const current = new Map<Split, { entry: SpoolFile; handle: FileHandle }>()
  try {
    for await (const { split, text } of blocks) {
      let file = current.get(split)
      if (file && file.entry.bytes >= shardBytes) {
        await file.handle.close()
        current.delete(split)
        file = undefined
      }
      if (!file) {
        const path = join(folder, `${files.length}.jsonl`)
        file = { entry: { path, split, rows: 0, bytes: 0, longest: 0 }, handle: await open(path, 'wx') }
        current.set(split, file)
        files.push(file.entry)
      }
      const bytes = Buffer.from(text)
      count(file.entry, bytes)
      await file.handle.writeFile(bytes)
    }
  } finally {
    for (const { handle } of current.values()) await handle.close()
  }
  return files
}

function count(entry: SpoolFile, block: Buffer): void {
  entry.bytes += block.length
  for (let from = 0; from < block.length; ) {
    const end = block.indexOf(0x0a, from)
    entry.rows++
    entry.longest = Math.max(entry.longest, end - from)
    from = end + 1
  }
}
