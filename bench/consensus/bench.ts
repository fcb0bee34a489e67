import { readdirSync } from 'node:fs'
import { benchAccuracy, benchOverlap, loadSets } from './accuracy.ts'
import { benchSpeed } from './speed.ts'

export interface ConsensusBenchOptions {
  /** Largest synthetic set in labels, default 10 million. */
  readonly most?: number
  /** Random orders of the overlap replay, default 20. */
  readonly orders?: number
  /** A folder of sets with known answers; default the shared ones beside the repository. */
  readonly sets?: string | undefined
  readonly only?: readonly string[] | undefined
}

/** Accuracy and adaptive overlap on real sets, speed and memory on synthetic ones. */
export function benchConsensus(options: ConsensusBenchOptions = {}): void {
  const wanted = (name: string) => !options.only || options.only.includes(name)
  const sets = options.sets ? loadSets(options.sets, readdirSync(options.sets).sort()) : loadSets()
  if (wanted('accuracy')) benchAccuracy(sets)
  if (wanted('overlap')) benchOverlap(sets, options.orders ?? 20)
  if (wanted('speed')) benchSpeed({ most: options.most ?? 10_000_000 })
}
