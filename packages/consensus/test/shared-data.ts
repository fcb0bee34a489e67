import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Labels, parseGoldCsv, parseLabelsCsv } from '../src/index.ts'

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))

/** Whether the shared data folder stands beside the repository. */
export const hasSharedData = existsSync(`${folder}reference/bluebird.json`)

/** Added to a test's name, so that a skipped one says why. */
export const needsSharedData = hasSharedData ? '' : ' (skipped: shared/data is not beside the repository)'

export const sharedSets = ['bluebird', 'rte', 'snow_wsd', 'dog', 'cf', 'd_product'] as const

export function sharedLabels(name: string, duplicates: 'all' | 'first' = 'all'): Labels {
  return parseLabelsCsv(readFileSync(`${folder}truth/${name}/labels.csv`), { duplicates })
}

export function sharedGold(name: string): Map<string, string> {
  return parseGoldCsv(readFileSync(`${folder}truth/${name}/gold.csv`))
}

/** A reference file: see shared/data/README.md for its conventions. */
export interface Reference {
  tasks: string[]
  workers: string[]
  classes: string[]
  majority_share: number[][]
  [key: string]: unknown
}

export function reference(name: string): Reference {
  return JSON.parse(readFileSync(`${folder}reference/${name}.json`, 'utf8')) as Reference
}

/** The largest absolute difference between posteriors (our task order) and a reference's rows (its task order). */
export function largestDifference(
  labels: Labels,
  posteriors: Float64Array,
  ref: Reference,
  rows: number[][],
): number {
  const classes = labels.classes.length
  let worst = 0
  ref.tasks.forEach((task, index) => {
    const t = labels.tasks.indexOf(task)
    rows[index]?.forEach((value, k) => {
      worst = Math.max(worst, Math.abs(value - (posteriors[t * classes + k] ?? Number.NaN)))
    })
  })
  return worst
}
