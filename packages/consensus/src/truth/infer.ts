import { ConsensusError } from '../errors.ts'
import type { Labels } from '../labels/labels.ts'
import { auto } from './auto.ts'
import { bayesianOneCoin, classOneCoin } from './bayesian-one-coin.ts'
import { dawidSkene, fastDawidSkene } from './dawid-skene.ts'
import { glad } from './glad.ts'
import { hierarchicalDawidSkene } from './hierarchical.ts'
import { kos } from './kos.ts'
import { mMsr } from './m-msr.ts'
import { mace } from './mace.ts'
import { majorityVote, wawa, zeroBasedSkill } from './majority.ts'
import { oneCoin } from './one-coin.ts'
import { ebcc, oneCoinDifficulty } from './subtypes.ts'
import { type CommonOptions, type Inference, type Method, methods } from './types.ts'

export interface InferOptions extends CommonOptions {
  /** Default `auto`. */
  readonly method?: Method
}

const registry: Readonly<Record<Method, (labels: Labels, options: CommonOptions) => Inference>> = {
  auto,
  majority: majorityVote,
  wawa,
  'zero-based-skill': zeroBasedSkill,
  'dawid-skene': dawidSkene,
  'one-coin': oneCoin,
  'fast-dawid-skene': fastDawidSkene,
  glad,
  mace,
  kos,
  'm-msr': mMsr,
  'hierarchical-dawid-skene': hierarchicalDawidSkene,
  'bayesian-one-coin': bayesianOneCoin,
  'class-one-coin': classOneCoin,
  'one-coin-difficulty': oneCoinDifficulty,
  ebcc,
}

/**
 * Infers what the truth is, how sure that is, and how good each worker is. Known answers (`gold`) may be given to any method.
 * Throws ConsensusError: `one_class` when only one label occurs, `bad_option` for an unknown method, `too_large` when
 * workers × classes² does not fit in memory for a method with confusion matrices (`auto` then falls back to one-coin).
 */
export function infer(labels: Labels, options: InferOptions = {}): Inference {
  const method = options.method ?? 'auto'
  if (!Object.hasOwn(registry, method))
    throw new ConsensusError(
      'bad_option',
      `There is no method '${method}'; the methods are ${methods.join(', ')}`,
    )
  return registry[method](labels, options)
}
