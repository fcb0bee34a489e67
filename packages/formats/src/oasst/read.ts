import { type Message, textMessage } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { shownValue } from '../content/check.ts'
import { optionalNumber, optionalRows, optionalText, wanted, wantedText } from '../content/fields.ts'
import { otherFields, saying } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { RowFault } from '../faults.ts'
import { type Annotation, candidateId, type Feedback } from '../feedback/feedback.ts'

const MAX_DEPTH = 200

/**
 * A message tree of OpenAssistant: each prompt with at least one answer gives a task, with the conversation up to it and all answers to it as
 * candidates. In the source rank 0 is the best; here rank 1 is. Deleted messages and what follows them are left out.
 */
export function readOasst(row: Row): Feedback[] {
  const groupId = wantedText(row, 'message_tree_id')
  const root = wanted(row, 'prompt')
  if (!isRow(root))
    throw new RowFault('wrong_type', '"prompt" has to be the message at the root of the tree.')
  const found: Feedback[] = []
  visit(root, [], groupId, found)
  if (found.length === 0) throw new RowFault('missing_field', 'The tree has no prompt with an answer.')
  return found
}

export function detectOasst(row: Row): string | null {
  if (typeof row.message_id === 'string' && typeof row.message_tree_id === 'string' && 'role' in row)
    return '`message_id` is in a tree with a `message_tree_id`: OpenAssistant messages'
  const fits = 'message_tree_id' in row && isRow(row.prompt) && 'text' in row.prompt
  return fits ? '`prompt` is the root of a tree with a `message_tree_id`: OpenAssistant trees' : null
}

function visit(node: Row, before: Message[], groupId: string, found: Feedback[]): void {
  if (node.deleted === true) return
  if (before.length >= MAX_DEPTH)
    throw new RowFault('too_deep', `The tree is more than ${MAX_DEPTH} messages deep.`)
  const context = [...before, readNode(node)]
  const replies = optionalRows(node, 'replies').filter((each) => each.deleted !== true)
  const answers = replies.filter((each) => each.role === 'assistant')
  if (node.role === 'prompter' && answers.length > 0) found.push(taskAt(node, context, answers, groupId))
  for (const reply of replies) visit(reply, context, groupId, found)
}

function taskAt(node: Row, context: Message[], answers: Row[], groupId: string): Feedback {
  const ranks = answers.flatMap((each, index) => {
    const rank = optionalNumber(each, 'rank')
    return rank === undefined ? [] : [{ candidate: candidateId(index), rank: rank + 1 }]
  })
  const annotations: Annotation[] = ranks.length > 1 ? [{ verdict: { type: 'ranking', ranks } }] : []
  const best = ranks.find(({ rank }) => rank === 1)
  const shown = answers.length === 1 ? candidateId(0) : best?.candidate
  if (shown !== undefined) annotations.push({ verdict: { type: 'demonstration', candidate: shown } })
  const task = buildTask({
    context,
    answers: answers.map((each) => ({ messages: [readNode(each)] })),
    externalId: optionalText(node, 'message_id', 300),
    metadata: {
      ...otherFields(node, ['text', 'role', 'replies', 'message_id']),
      answers: answers.map((each) => otherFields(each, ['text', 'role', 'replies'])),
    },
  })
  return { task, groupId, annotations }
}

function readNode(node: Row): Message {
  if (node.role !== 'prompter' && node.role !== 'assistant') {
    throw new RowFault(
      'unknown_role',
      `A message has the role ${shownValue(node.role)}; use prompter or assistant.`,
    )
  }
  const text = wantedText(node, 'text')
  return node.role === 'prompter'
    ? (saying([textMessage('user', text)], 'text')[0] ?? textMessage('user', text))
    : textMessage('assistant', text)
}
