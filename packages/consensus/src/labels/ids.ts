import { decodeUtf8, encodeUtf8 } from './utf8.ts'

/** Stable two-way map between outside ids (strings) and indices 0 … size − 1. */
export interface Ids {
  readonly size: number
  /** The id at an index; throws RangeError outside 0 … size − 1. */
  name(index: number): string
  /** The index of an id, or −1. */
  indexOf(name: string): number
  /** All ids in index order. */
  names(): string[]
}

/** Ids from a list of distinct strings, in that order. */
export function idsFromNames(list: readonly string[]): Ids {
  let map: Map<string, number> | undefined
  return {
    size: list.length,
    name(index) {
      const found = list[index]
      if (found === undefined) throw new RangeError(`No id at index ${index} of ${list.length}`)
      return found
    },
    indexOf(name) {
      map ??= new Map(list.map((entry, index) => [entry, index]))
      return map.get(name) ?? -1
    },
    names: () => [...list],
  }
}

/** Ids that are just the numbers 0 … size − 1 as strings. */
export function numberedIds(size: number): Ids {
  return {
    size,
    name(index) {
      if (!(index >= 0 && index < size)) throw new RangeError(`No id at index ${index} of ${size}`)
      return String(index)
    },
    indexOf(name) {
      const index = Number(name)
      return Number.isInteger(index) && index >= 0 && index < size && String(index) === name ? index : -1
    },
    names: () => Array.from({ length: size }, (_, index) => String(index)),
  }
}

/** Gives strings their indices in order of first appearance. */
export class StringInterner {
  readonly #map = new Map<string, number>()
  readonly #names: string[] = []

  intern(name: string): number {
    const known = this.#map.get(name)
    if (known !== undefined) return known
    const index = this.#names.length
    this.#map.set(name, index)
    this.#names.push(name)
    return index
  }

  get size(): number {
    return this.#names.length
  }

  ids(): Ids {
    return idsFromNames([...this.#names])
  }
}

/**
 * Gives byte strings (UTF-8) their indices in order of first appearance, without making a JavaScript string of each:
 * an open-addressing hash table over one growing byte arena. Millions of ids cost their bytes plus about 16 bytes each.
 */
export class ByteInterner implements Ids {
  #arena = new Uint8Array(1 << 12)
  #used = 0
  #ends = new Uint32Array(1 << 8)
  #hashes = new Int32Array(1 << 8)
  #table = new Int32Array(1 << 10)
  #mask = (1 << 10) - 1
  #size = 0
  #last = -1

  get size(): number {
    return this.#size
  }

  /** The index of bytes[from … to), new if unseen. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    // Rows of one task or worker often follow each other: comparing with the last id saves the hash and the table.
    if (this.#last >= 0 && this.#equals(this.#last, bytes, from, to)) return this.#last
    const hash = hashBytes(bytes, from, to)
    let slot = hash & this.#mask
    for (;;) {
      const entry = (this.#table[slot] as number) - 1
      if (entry < 0) break
      if (this.#hashes[entry] === hash && this.#equals(entry, bytes, from, to)) {
        this.#last = entry
        return entry
      }
      slot = (slot + 1) & this.#mask
    }
    this.#last = this.#append(hash, slot, bytes, from, to)
    return this.#last
  }

  name(index: number): string {
    if (!(index >= 0 && index < this.#size)) throw new RangeError(`No id at index ${index} of ${this.#size}`)
    return decodeUtf8(this.#arena.subarray(this.#start(index), this.#ends[index]))
  }

  indexOf(name: string): number {
    const bytes = encodeUtf8(name)
    const hash = hashBytes(bytes, 0, bytes.length)
    let slot = hash & this.#mask
    for (;;) {
      const entry = (this.#table[slot] as number) - 1
      if (entry < 0) return -1
      if (this.#hashes[entry] === hash && this.#equals(entry, bytes, 0, bytes.length)) return entry
      slot = (slot + 1) & this.#mask
    }
  }

  names(): string[] {
    return Array.from({ length: this.#size }, (_, index) => this.name(index))
  }

  #start(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] as number)
  }

  #equals(index: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#start(index)
    const length = to - from
    if ((this.#ends[index] as number) - start !== length) return false
    // From the end: ids that differ mostly differ in their last digits.
    for (let i = length - 1; i >= 0; i--) if (this.#arena[start + i] !== bytes[from + i]) return false
    return true
  }

  #append(hash: number, slot: number, bytes: Uint8Array, from: number, to: number): number {
    const length = to - from
    if (this.#used + length > this.#arena.length) {
      const grown = new Uint8Array(Math.max(this.#arena.length * 2, this.#used + length))
      grown.set(this.#arena.subarray(0, this.#used))
      this.#arena = grown
    }
    if (this.#size === this.#ends.length) {
      const ends = new Uint32Array(this.#size * 2)
      ends.set(this.#ends)
      this.#ends = ends
      const hashes = new Int32Array(this.#size * 2)
      hashes.set(this.#hashes)
      this.#hashes = hashes
    }
    for (let i = 0; i < length; i++) this.#arena[this.#used + i] = bytes[from + i] as number
    this.#used += length
    const index = this.#size++
    this.#ends[index] = this.#used
    this.#hashes[index] = hash
    this.#table[slot] = index + 1
    if (this.#size * 2 > this.#table.length) this.#rehash()
    return index
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2)
    const mask = table.length - 1
    for (let index = 0; index < this.#size; index++) {
      let slot = (this.#hashes[index] as number) & mask
      while (table[slot] !== 0) slot = (slot + 1) & mask
      table[slot] = index + 1
    }
    this.#table = table
    this.#mask = mask
  }
}

/** FNV-1a with a final mix, so that the low bits used for the slot depend on every byte. */
function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 12)
}
