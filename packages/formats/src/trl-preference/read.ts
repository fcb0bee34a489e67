import { type Message, messageText } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { splitConversations, splitTexts } from '../content/divergence.ts'
import { type ReadContext, readTurns, wanted } from '../content/fields.ts'
import { messageKey } from '../content/messages.ts'
import { otherFields, pairTask, readExternalId, saying } from '../content/pair.ts'
import { RowFault } from '../faults.ts'
import type { Feedback } from '../feedback/feedback.ts'

/**
 * A row of a TRL preference set: `chosen` becomes candidate `a` with gold `a`. (What is shown where is drawn anew for every
 * assignment, so the order tells a trainer nothing.) The prompt is explicit, or is what both conversations share; a prompt that is
 * repeated inside `chosen` and `rejected` is taken once.
 */
export function readTrlPreference(row: Row, context: ReadContext): Feedback {
  const chosen = wanted(row, 'chosen')
  const rejected = wanted(row, 'rejected')
  const parts = hasPrompt(row)
    ? withPrompt(readTurns(row.prompt, 'prompt', 'user', context), chosen, rejected, context)
    : withoutPrompt(row, chosen, rejected, context)
  saying(parts.context, 'prompt')
  saying(parts.a, 'chosen')
  saying(parts.b, 'rejected')
  return pairTask({
    ...parts,
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['prompt', 'chosen', 'rejected', 'id']),
    gold: 'a',
  })
}

/** Why a sample of rows is taken for this format, or null. */
export function detectTrlPreference(row: Row): string | null {
  const { chosen, rejected } = row
  const prompt = hasPrompt(row) ? 'with a prompt of its own' : 'with the prompt inside them'
  if (typeof chosen === 'string' && typeof rejected === 'string') {
    if (otherPrompt(row) !== undefined) return null
    return `\`chosen\` and \`rejected\` are texts ${prompt}: TRL preference`
  }
  if (Array.isArray(chosen) && Array.isArray(rejected)) {
    return `\`chosen\` and \`rejected\` are message lists ${prompt}: TRL preference`
  }
  return null
}

function hasPrompt(row: Row): boolean {
  return row.prompt !== undefined && row.prompt !== null
}

function withPrompt(prompt: Message[], chosen: unknown, rejected: unknown, context: ReadContext) {
  const a = readTurns(chosen, 'chosen', 'assistant', context)
  const b = readTurns(rejected, 'rejected', 'assistant', context)
  if (!isWholeConversation(a) && !isWholeConversation(b)) return { context: prompt, a, b }
  const split = splitConversations(a, b)
  const last = prompt.at(-1)
  const repeated = last && split.context.some((each) => sameTurn(each, last))
  if (!repeated) {
    throw new RowFault(
      'different_prompts',
      '"chosen" and "rejected" are whole conversations, but "prompt" is not in them. Keep either the prompt or the whole conversations.',
    )
  }
  return split
}

/** Fields in which others keep the prompt. */
const prompts = ['instruction', 'question', 'query', 'input', 'context', 'history']

/** A field that looks like the prompt where there is no `prompt`: what two texts share is then no prompt, but how both answers happen to begin. */
function otherPrompt(row: Row): string | undefined {
  return hasPrompt(row) ? undefined : prompts.find((each) => row[each] !== undefined && row[each] !== null)
}

function withoutPrompt(row: Row, chosen: unknown, rejected: unknown, context: ReadContext) {
  const a = readTurns(chosen, 'chosen', 'assistant', context)
  const b = readTurns(rejected, 'rejected', 'assistant', context)
  if (typeof chosen !== 'string' || typeof rejected !== 'string' || isWholeConversation(a)) {
    return splitConversations(a, b)
  }
  const other = otherPrompt(row)
  if (other !== undefined) {
    throw new RowFault(
      'missing_field',
      `There is no "prompt", but "${other}". Rename it to "prompt", or read the file as pairs with the map "prompt=${other},a=chosen,b=rejected".`,
    )
  }
  const texts = splitTexts(chosen, rejected)
  return {
    context: texts.prompt === '' ? [] : readTurns(texts.prompt, 'prompt', 'user', context),
    a: readTurns(texts.a, 'chosen', 'assistant', context),
    b: readTurns(texts.b, 'rejected', 'assistant', context),
  }
}

/** Whether the messages start before the model's answer. */
function isWholeConversation(messages: Message[]): boolean {
  return messages.length > 0 && messages[0]?.role !== 'assistant'
}

function sameTurn(left: Message, right: Message): boolean {
  return messageKey(left) === messageKey(right) || messageText(left) === messageText(right)
}
