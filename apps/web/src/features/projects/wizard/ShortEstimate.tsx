import { formatMoney } from '../../../ui/format.ts'
import type { Price } from '../pricing.ts'

/** The price in the foot bar of a phone, where the column beside the form has no room. */
export function ShortEstimate({ price }: { price: Price | null }) {
  return <b className="short-estimate num">{price && price.judgments > 0 ? formatMoney(price.total) : ''}</b>
}
