import { demonstrationsOf } from '../feedback/demonstrations.ts'
import { imagesOf } from '../feedback/images.ts'
import type { WriteRows } from '../feedback/out.ts'
import { toolsTextOf } from '../feedback/tools.ts'
import { splitSystem, turnsOf } from './turns.ts'

/** `{"conversations": [{"from","value"}], "system"}`, and `tools` as a text where a model had some. */
export const writeSharegpt: WriteRows = (feedback, out) => {
  for (const { context, answer } of demonstrationsOf(feedback, out)) {
    const { system, rest } = splitSystem([...context, ...answer])
    const conversations = turnsOf(rest, out)
    if (!conversations) continue
    const tools = toolsTextOf(feedback.task, out)
    out.row({ conversations, system: system ?? '', ...imagesOf(context, out), ...tools })
  }
}
