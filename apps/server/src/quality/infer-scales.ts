import { scaleConsensus } from '@groundwork/consensus'
import { LEAST_LABELS, LEAST_TRAINERS } from './full-run-rules.ts'

/** Confidence of the intervals. */
const LEVEL = 0.95

/** The ratings of one question in columns; a unit is a task, or a target in one. */
export type ScaleColumns = {
  unit: Int32Array
  worker: Int32Array
  value: Float64Array
  units: number
  /** The points, ascending. */
  levels: number[]
}

/** By unit; the distribution is units × levels. */
export type InferredScales = {
  value: Float64Array
  low: Float64Array
  high: Float64Array
  distribution: Float64Array
}

/** Ratings corrected for how severe each person is; undefined where there are too few, or all are the same. */
export function inferScale(columns: ScaleColumns, workers: number): InferredScales | undefined {
  const { unit, worker, value, units, levels } = columns
  if (value.length < LEAST_LABELS || new Set(worker).size < LEAST_TRAINERS) return undefined
  if (value.every((each) => each === value[0])) return undefined
  const found = scaleConsensus({ task: unit, worker, value, tasks: units, workers }, { levels, level: LEVEL })
  const within = (each: number) => Math.min(levels.at(-1) ?? each, Math.max(levels[0] ?? each, each))
  return {
    value: found.value.map(within),
    low: found.low.map(within),
    high: found.high.map(within),
    distribution: found.distribution ?? new Float64Array(0),
  }
}
