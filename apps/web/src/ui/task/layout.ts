/** How several responses stand on the screen. */
export type Layout = 'side_by_side' | 'stacked' | 'one_at_a_time'
export const layouts: readonly Layout[] = ['side_by_side', 'stacked', 'one_at_a_time']

/** The narrowest column in which a response is still read with pleasure, in CSS pixels. */
const COLUMN = 300
/** More columns than this cannot be compared at one glance. */
const MOST_COLUMNS = 4
/** Below this there is one response at a time, whatever is wanted: scrolling past one to find the other costs more than a switch. */
const PHONE = 600

/** The layout that is shown for the one that is wanted, where there is this much room. @param width of the responses together, in CSS pixels */
export function fittingLayout(wanted: Layout, responses: number, width: number): Layout {
  if (responses < 2 || width < PHONE) return 'one_at_a_time'
  if (wanted !== 'side_by_side') return wanted
  return responses <= MOST_COLUMNS && width >= responses * COLUMN ? 'side_by_side' : 'one_at_a_time'
}
