/**
 * Every reason for which a row of a file is refused. The codes are stable; programs may switch on them.
 * The message beside a code says where the fault is and how to mend it.
 */
export const faultCodes = [
  'bad_cell',
  'bad_compression',
  'bad_json',
  'bad_parquet',
  'bad_transcript',
  'cut_off',
  'different_prompts',
  'duplicate_key',
  'empty_text',
  'identical_candidates',
  'invalid_utf8',
  'lone_surrogate',
  'missing_field',
  'not_an_object',
  'nul_character',
  'number_too_large',
  'scattered_rows',
  'several_turns',
  'too_deep',
  'too_long',
  'trailing_content',
  'unknown_bucket',
  'unknown_field',
  'unknown_gold',
  'unknown_role',
  'unsupported_part',
  'wrong_columns',
  'wrong_type',
] as const
export type FaultCode = (typeof faultCodes)[number]

/** Names of fields come from files and stand in messages; nothing of them may break what stores or shows the message. */
export function sayable(message: string): string {
  const short = message.length > 600 ? `${message.slice(0, 599)}…` : message
  return short.toWellFormed().replaceAll('\u0000', '\ufffd')
}

/** One refused row. Thrown by the readers of a row, caught by `readTasks`, which goes on with the next row. */
export class RowFault extends Error {
  readonly code: FaultCode
  constructor(code: FaultCode, message: string) {
    super(sayable(message))
    this.name = 'RowFault'
    this.code = code
  }
}

/**
 * The file as a whole, or the way in which it was asked to be read, makes no sense: nothing of it can be read.
 * Codes: `empty_file`, `not_utf8`, `compressed`, `bad_parquet`, `binary_file`, `unknown_format`, `duplicate_column`, `bad_header`,
 * and for field maps `bad_map`, `unknown_map_field`, `incomplete_map`.
 */
export class FormatError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'FormatError'
    this.code = code
  }
}
