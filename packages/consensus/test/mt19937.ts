/** Mersenne Twister as numpy's RandomState uses it: doubles from 53 bits. Only for reproducing reference starts. */
export function numpyRandom(seed: number): () => number {
  const state = new Uint32Array(624)
  state[0] = seed
  for (let i = 1; i < 624; i++) {
    const previous = state[i - 1] as number
    state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i
  }
  let index = 624
  const word = () => {
    if (index === 624) {
      for (let i = 0; i < 624; i++) {
        const y = ((state[i] as number) & 0x80000000) | ((state[(i + 1) % 624] as number) & 0x7fffffff)
        state[i] = (state[(i + 397) % 624] as number) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
      }
      index = 0
    }
    let y = state[index++] as number
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  }
  return () => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992
}
