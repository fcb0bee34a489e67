import { ConsensusError } from '../errors.ts'
import type { Labels } from '../labels/labels.ts'
import { majorityVote, wawa, zeroBasedSkill } from './majority.ts'
import { type CommonOptions, type Inference, type Method, methods } from './types.ts'

export interface InferOptions extends CommonOptions {
  /** Default `auto`. */
  readonly method?: Method
}

const registry: Partial<Record<Method, (labels: Labels, options: CommonOptions) => Inference>> = {
  majority: majorityVote,
  wawa,
  'zero-based-skill': zeroBasedSkill,
}

/**
 * Infers what the truth is, how sure that is, and how good each worker is.
 * Throws ConsensusError: `one_class` when only one label occurs, `bad_option` for an unknown method, `too_large` when
 * workers × classes² does not fit in memory for a method with confusion matrices.
 */
export function infer(labels: Labels, options: InferOptions = {}): Inference {
  const method = options.method ?? 'majority'
  const run = registry[method]
  if (!run)
    throw new ConsensusError(
      'bad_option',
      `There is no method '${method}'; the methods are ${methods.join(', ')}`,
    )
  return run(labels, options)
}
