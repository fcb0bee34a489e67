import { type Message, textMessage } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { checkText, kindOf } from '../content/check.ts'
import { splitConversations } from '../content/divergence.ts'
import { wanted } from '../content/fields.ts'
import { otherFields, pairTask, readExternalId } from '../content/pair.ts'
import { RowFault } from '../faults.ts'
import type { Feedback } from '../feedback/feedback.ts'

const turnMark = /\n\n(Human|Assistant):/g

/**
 * A row of HH-RLHF: two whole transcripts as text. `chosen` becomes candidate `a` with gold `a`; the answers start at the turn in
 * which the transcripts part, which is nearly always the last. Turns may be empty.
 */
export function readHhRlhf(row: Row): Feedback {
  const chosen = readTranscript(wanted(row, 'chosen'), 'chosen')
  const rejected = readTranscript(wanted(row, 'rejected'), 'rejected')
  return pairTask({
    ...splitConversations(chosen, rejected),
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['chosen', 'rejected', 'id']),
    gold: 'a',
  })
}

export function detectHhRlhf(row: Row): string | null {
  const fits = [row.chosen, row.rejected].every((each) => typeof each === 'string' && /^\s*Human:/.test(each))
  return fits ? '`chosen` and `rejected` are transcripts of "Human:" and "Assistant:" turns: HH-RLHF' : null
}

/**
 * A transcript as messages, ending with an answer. One space after a turn's mark belongs to the mark; all other white space is content.
 * @throws RowFault
 */
export function readTranscript(value: unknown, path: string): Message[] {
  const messages = readTurnsOfTranscript(value, path)
  if (messages.at(-1)?.role === 'assistant') return messages
  throw new RowFault(
    'bad_transcript',
    `"${path}" has to end with an "Assistant:" turn; it ends with "Human:".`,
  )
}

/** The same, ending with whatever turn it ends with. */
export function readTurnsOfTranscript(value: unknown, path: string): Message[] {
  if (typeof value !== 'string') {
    throw new RowFault('wrong_type', `"${path}" is ${kindOf(value)}; it has to be a transcript as text.`)
  }
  // CSV tools strip the two line ends before the first turn.
  const transcript = /^(Human|Assistant):/.test(value) ? `\n\n${value}` : value
  const marks = [...transcript.matchAll(turnMark)]
  const first = marks[0]
  if (!first || transcript.slice(0, first.index).trim() !== '') {
    throw new RowFault('bad_transcript', `"${path}" has to start with a turn "\\n\\nHuman: ".`)
  }
  return marks.map((mark, index) => {
    const text = transcript.slice(mark.index + mark[0].length, marks[index + 1]?.index)
    const said = checkText(text.startsWith(' ') ? text.slice(1) : text, path)
    return textMessage(mark[1] === 'Human' ? 'user' : 'assistant', said)
  })
}
