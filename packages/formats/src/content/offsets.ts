/** Places in texts: code points here and in Python, UTF-16 units in JavaScript and in the tools that are written in it. */

/** How many code points come before a UTF-16 offset. */
export function toCodePoints(text: string, unitOffset: number): number {
  let points = 0
  for (let at = 0; at < unitOffset && at < text.length; points++) at += widthAt(text, at)
  return points
}

/** The UTF-16 offset of a code point. */
export function toUnits(text: string, pointOffset: number): number {
  let at = 0
  for (let points = 0; points < pointOffset && at < text.length; points++) at += widthAt(text, at)
  return at
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

/** The text between two code points; end exclusive. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  return text.slice(toUnits(text, start), toUnits(text, end))
}
