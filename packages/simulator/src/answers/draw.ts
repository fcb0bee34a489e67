import type { Random } from '../random.ts'

/** A whole number from `least` to `most`. */
export const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (Math.max(most, least) - least + 1))

/** Throws for an empty list: there is nothing to choose. */
export function one<T>(random: Random, list: readonly T[]): T {
  const item = list[Math.floor(random() * list.length)]
  if (item === undefined) throw new RangeError('There is nothing to choose from.')
  return item
}

/** `count` items of a list in random order. */
export function some<T>(random: Random, list: readonly T[], count: number): T[] {
  const left = [...list]
  for (let index = left.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    const [mine, theirs] = [left[index] as T, left[other] as T]
    left[index] = theirs
    left[other] = mine
  }
  return left.slice(0, count)
}
