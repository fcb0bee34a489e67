/** A stream of uniform numbers in [0, 1), the same for the same seed everywhere. */
export type Random = () => number

/** Mulberry32: 32 bits of state, plenty for starts, folds and bootstrap draws. */
export function seededRandom(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A standard exponential draw; normalised, such draws are Dirichlet(1, …, 1). */
export function exponential(random: Random): number {
  return -Math.log(1 - random())
}

/** A standard normal draw (Box-Muller). */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** An integer 0 … n − 1. */
export function randomInt(random: Random, n: number): number {
  return Math.floor(random() * n)
}

/** Fisher-Yates, in place. */
export function shuffle<T extends { length: number; [index: number]: number }>(random: Random, list: T): T {
  for (let i = list.length - 1; i > 0; i--) {
    const j = randomInt(random, i + 1)
    const held = list[i]!
    list[i] = list[j]!
    list[j] = held
  }
  return list
}
