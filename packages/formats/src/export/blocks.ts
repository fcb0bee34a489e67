import type { Block, Split } from './report.ts'

const BLOCK = 64 * 1024

/** Joins lines into blocks of about 64 KB, so that a file is written in few calls. Adds the line ends. */
export async function* inBlocks(lines: AsyncIterable<{ split: Split; line: string }>): AsyncGenerator<Block> {
  const waiting: Record<Split, string> = { train: '', test: '' }
  for await (const { split, line } of lines) {
    waiting[split] += `${line}\n`
    if (waiting[split].length >= BLOCK) {
      yield { split, text: waiting[split] }
      waiting[split] = ''
    }
  }
  for (const split of ['train', 'test'] as const)
    if (waiting[split] !== '') yield { split, text: waiting[split] }
}
