import { ConsensusError } from '../errors.ts'

export interface TextConsensus {
  /** Index of the text that is most like the others, by weight. */
  readonly chosen: number
  /** Per text its mean similarity to the others, 0 … 1. */
  readonly similarity: Float64Array
  /** Mean similarity over all pairs; NaN with one text. */
  readonly agreement: number
}

/**
 * Free texts and rewrites of one task have no average; the one most like the others stands for them. Similarity is the Dice
 * coefficient of character trigrams (case and white space evened out), which needs no language. Throws `empty` without texts.
 */
export function textConsensus(texts: readonly string[], weights?: ArrayLike<number>): TextConsensus {
  if (texts.length === 0) throw new ConsensusError('empty', 'There are no texts')
  const grams = texts.map(trigrams)
  const n = texts.length
  const similarity = new Float64Array(n)
  const weight = new Float64Array(n)
  let total = 0
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      const like = dice(grams[i]!, grams[j]!)
      similarity[i]! += like * (weights?.[j] ?? 1)
      similarity[j]! += like * (weights?.[i] ?? 1)
      weight[i]! += weights?.[j] ?? 1
      weight[j]! += weights?.[i] ?? 1
      total += like
    }
  let chosen = 0
  for (let i = 0; i < n; i++) {
    if (weight[i]! > 0) similarity[i]! /= weight[i]!
    const gap = similarity[i]! - similarity[chosen]!
    if (gap > 1e-12 || (gap > -1e-12 && (weights?.[i] ?? 1) > (weights?.[chosen] ?? 1))) chosen = i
  }
  return { chosen, similarity, agreement: n < 2 ? Number.NaN : (2 * total) / (n * (n - 1)) }
}

function trigrams(text: string): Map<string, number> {
  const even = ` ${text.toLowerCase().replace(/\s+/g, ' ').trim()} `
  const points = [...even]
  const out = new Map<string, number>()
  for (let i = 0; i + 2 < points.length; i++) {
    const gram = points[i]! + points[i + 1]! + points[i + 2]!
    out.set(gram, (out.get(gram) ?? 0) + 1)
  }
  return out
}

function dice(a: Map<string, number>, b: Map<string, number>): number {
  let both = 0
  let sizeA = 0
  let sizeB = 0
  for (const [gram, count] of a) {
    both += Math.min(count, b.get(gram) ?? 0)
    sizeA += count
  }
  for (const count of b.values()) sizeB += count
  return sizeA + sizeB === 0 ? 1 : (2 * both) / (sizeA + sizeB)
}
