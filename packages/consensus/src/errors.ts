/** What was wrong with the input, as a stable code. */
export type ConsensusErrorCode =
  | 'empty'
  | 'one_class'
  | 'missing_column'
  | 'bad_row'
  | 'bad_option'
  | 'bad_shape'
  | 'too_large'

/** Bad input: `code` is stable, `message` says what, where and how to mend it. */
export class ConsensusError extends Error {
  readonly code: ConsensusErrorCode

  constructor(code: ConsensusErrorCode, message: string) {
    super(message)
    this.name = 'ConsensusError'
    this.code = code
  }
}
