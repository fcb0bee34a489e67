import { createHash } from 'node:crypto'
import type { Split } from './report.ts'

/**
 * The split of a group: all rows of one group fall on the same side, and the same seed always draws the same groups.
 * @param testShare 0..1, the share of groups that is wanted in the test split
 */
export function splitOf(groupId: string, seed: number, testShare: number): Split {
  if (testShare <= 0) return 'train'
  const digest = createHash('sha256').update(`${seed}\u0000${groupId}`).digest()
  return digest.readUInt32BE(0) / 2 ** 32 < testShare ? 'test' : 'train'
}
