/**
 * Places in one text: code points here and in Python, UTF-16 units in JavaScript and in the tools that are written in it. Built once for a
 * text, so that thousands of spans in it cost no more than the text itself.
 */
export class TextOffsets {
  readonly #text: string
  /** Where the second unit of each surrogate pair stands. */
  readonly #seconds: number[] = []

  constructor(text: string) {
    this.#text = text
    for (const pair of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) this.#seconds.push(pair.index + 1)
  }

  /** How many code points stand before a UTF-16 offset. An offset inside a pair counts as before it. */
  toCodePoints(units: number): number {
    return units - this.#pairsWhere((second) => second <= units)
  }

  /** The UTF-16 offset of a code point. */
  toUnits(points: number): number {
    // The k-th pair (from 0) has its second unit at code point `second − k − 1`, and moves everything after it by one.
    return points + this.#pairsWhere((second, index) => second - index - 1 < points)
  }

  /** The text between two code points; end exclusive. */
  slice(start: number, end: number): string {
    return this.#text.slice(this.toUnits(start), this.toUnits(end))
  }

  /** How many pairs, from the first on, fulfil a condition that once broken stays broken. */
  #pairsWhere(holds: (second: number, index: number) => boolean): number {
    let low = 0
    let high = this.#seconds.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (holds(this.#seconds[middle] ?? 0, middle)) low = middle + 1
      else high = middle
    }
    return low
  }
}
