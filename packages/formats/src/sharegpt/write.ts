import { demonstrationsOf } from '../feedback/demonstrations.ts'
import { imagesOf } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { splitSystem, turnsOf } from './turns.ts'

/** `{"conversations": [{"from","value"}], "system"}`. */
export const writeSharegpt: WriteRows = (feedback, out) => {
  for (const { context, answer } of demonstrationsOf(feedback, out)) {
    const { system, rest } = splitSystem([...context, ...answer])
    const conversations = turnsOf(rest, out)
    if (conversations) out.row({ conversations, system: system ?? '', ...imagesOf(context, out) })
  }
}
