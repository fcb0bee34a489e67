import {
  type Currency,
  type OverlapPolicy,
  type ProjectState,
  payPerJudgment,
  toMicros,
} from '@groundwork/contract'
import { AppError, invalidInput } from '../platform/index.ts'

/** What a person did when a project went from one state to another, as the audit log calls it. */
export function nameOfChange(from: ProjectState, to: ProjectState): string {
  if (to === 'live') return from === 'paused' ? 'project.resumed' : 'project.launched'
  return to === 'paused' ? 'project.paused' : 'project.finished'
}

/** Pay terms in micro-units. */
export type PayAmounts = { currency: Currency; hourly: bigint; estimateSeconds: number; perJudgment: bigint }

/**
 * Derives what one judgment pays.
 * @throws AppError `invalid_input` at `pay.hourly` when the rate has too many decimals for its currency or is zero
 */
export function payAmounts(pay: { currency: Currency; hourly: string; estimateSeconds: number }): PayAmounts {
  const hourly = microsAt('pay.hourly', pay.hourly, pay.currency)
  return { ...pay, hourly, perJudgment: payPerJudgment(hourly, pay.estimateSeconds, pay.currency) }
}

/**
 * A decimal amount of the input in micro-units.
 * @throws AppError `invalid_input` at `path` when it has too many decimals for its currency or is zero
 */
export function microsAt(path: string, amount: string, currency: Currency): bigint {
  let micros: bigint
  try {
    micros = toMicros(amount, currency)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw invalidInput([{ path, code: 'too_many_decimals', message: error.message }])
  }
  if (micros === 0n) throw invalidInput([{ path, code: 'too_small', message: 'Must be more than zero.' }])
  return micros
}

export const samePay = (one: PayAmounts, other: PayAmounts): boolean =>
  one.currency === other.currency &&
  one.hourly === other.hourly &&
  one.estimateSeconds === other.estimateSeconds

/** A plain number is a fixed overlap. */
export const overlapPolicyOf = (overlap: number | OverlapPolicy): OverlapPolicy =>
  typeof overlap === 'number' ? { kind: 'fixed', judgments: overlap } : overlap

/** 409 for an act that the state of the project does not allow. */
export const closed = (state: ProjectState) =>
  new AppError('project_closed', `The project is ${state}; that cannot be done to it now.`, { state })
