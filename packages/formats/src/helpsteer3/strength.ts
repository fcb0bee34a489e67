import type { PreferenceOutcome } from '@groundwork/contract'
import { RowFault } from '../faults.ts'

/**
 * A signed strength as HelpSteer writes it: negative prefers the first answer, 0 is a tie, and −100 says that neither is any good.
 * @throws RowFault `wrong_type` for anything else outside −3..3
 */
export function signedVerdict(value: number, path: string): { outcome: PreferenceOutcome; strength: number } {
  if (value === -100) return { outcome: 'both_bad', strength: 0 }
  if (Math.abs(value) > 3) {
    throw new RowFault(
      'wrong_type',
      `"${path}" is ${value}; a strength goes from -3 to 3, or is -100 for "neither".`,
    )
  }
  return { outcome: value < 0 ? 'a' : value > 0 ? 'b' : 'tie', strength: value }
}
