/**
 * A text of a task by the name that answers use: `target` is a message (`a:0`, `context:2`), `part` the index of its part. `from` and
 * `to` (UTF-16 units of the part's text) are given where an element shows a piece of it.
 */
export type PartPlace = { target: string; part: number; from?: number; to?: number }

/** The same on an element; `ui/marking` finds texts by it. */
export const placeAttributes = (place: PartPlace | undefined) =>
  place && place.from === undefined
    ? { 'data-target': place.target, 'data-part': place.part }
    : place && { 'data-piece': `${place.from} ${place.to}` }
