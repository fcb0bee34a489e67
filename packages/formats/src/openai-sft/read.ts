import type { Row } from '../container/records.ts'
import { isRow } from '../container/records.ts'
import type { ReadContext } from '../content/fields.ts'
import type { Feedback } from '../feedback/feedback.ts'
import { readTrlSft } from '../trl-sft/read.ts'

/** OpenAI's chat fine-tuning: messages, perhaps with tools, and with weights. */
export function readOpenaiSft(row: Row, context: ReadContext): Feedback {
  return readTrlSft(row, context)
}

export function detectOpenaiSft(row: Row): string | null {
  if (!Array.isArray(row.messages)) return null
  const own = 'parallel_tool_calls' in row || row.messages.some((each) => isRow(each) && 'weight' in each)
  return own ? '`messages` have weights or `parallel_tool_calls`: OpenAI chat fine-tuning' : null
}
