/** Words as people count them: runs of letters and digits in any script; a Han, kana or Thai run counts by its segments. */
export function countWords(value: string): number {
  let words = 0
  for (const segment of wordSegmenter.segment(value)) if (segment.isWordLike) words++
  return words
}
const wordSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' })
