import type { Claim } from '@groundwork/contract'
import { useEffect } from 'react'
import { paint, unpaint } from '../../../../ui/marking/paint.ts'
import type { Parts } from '../../../../ui/marking/parts.ts'
import { toUnits } from '../../../../ui/marking/text-map.ts'

/** For how long a claim that is shown flashes in the text, in ms. */
const FLASH_MS = 1_600

/** Paints where claims stand in the text. `flash` paints one brighter for a moment and says where it is. */
export function useClaimPaint(
  parts: Parts,
  claims: readonly Claim[],
  /** Another editor paints while this one does not lead. */
  leads: boolean,
): { flash: (index: number) => Range[] } {
  const rangesOf = ({ at }: Claim): Range[] => {
    const drawn = at && parts.read(at.target, at.part)
    if (!at || !drawn) return []
    const place = { from: toUnits(drawn.source, at.start), to: toUnits(drawn.source, at.end) }
    return drawn.map.toTexts(place).flatMap(drawn.rangesOf)
  }
  const places = claims.map(({ at }) => at && `${at.target} ${at.part} ${at.start} ${at.end}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: painted anew when claims stand elsewhere or the text was drawn anew.
  useEffect(() => {
    if (leads) paint('mark-1', claims.flatMap(rangesOf))
  }, [parts.version, places, leads])
  useEffect(() => (leads ? unpaint : undefined), [leads])
  return {
    flash: (index) => {
      const claim = claims[index]
      const ranges = claim ? rangesOf(claim) : []
      paint('mark-flash', ranges)
      setTimeout(() => paint('mark-flash', []), FLASH_MS)
      return ranges
    },
  }
}
