import type { Row } from './container/records.ts'
import type { ReadContext } from './content/fields.ts'
import type { ReadTask } from './content/pair.ts'
import { detectHhRlhf, readHhRlhf } from './hh-rlhf/read.ts'
import { detectRaw, readRaw } from './raw/read.ts'
import { detectTrlPreference, readTrlPreference } from './trl-preference/read.ts'

/** A format whose records are read without being told what their fields mean. */
type SelfDescribing = {
  name: string
  /** Why this row is of the format, as the part of a sentence before its full stop; null when it is not. */
  detect(row: Row): string | null
  read(row: Row, context: ReadContext): ReadTask
}

/** In the order in which they are tried on an unknown file: the narrower before the wider. */
export const selfDescribing = [
  { name: 'raw', detect: detectRaw, read: readRaw },
  { name: 'hh-rlhf', detect: detectHhRlhf, read: readHhRlhf },
  { name: 'trl-preference', detect: detectTrlPreference, read: readTrlPreference },
] as const satisfies SelfDescribing[]

export type TaskFormat = (typeof selfDescribing)[number]['name'] | 'pairs'
