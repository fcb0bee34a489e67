import type { TurnsAnswer } from '@groundwork/contract'

/**
 * The messages in their order. The first `added` of them stand in the conversation; one more may be in the composer, and belongs to the
 * answer like all others: nothing that was written waits outside of it.
 */
export type Turns = { readonly texts: readonly string[]; readonly added: number }

export type Role = TurnsAnswer['messages'][number]['role']

/** Whose turn the message at this place is. Roles follow from places, so that they always alternate. */
export const roleAt = (first: Role, index: number): Role =>
  index % 2 === 0 ? first : first === 'user' ? 'assistant' : 'user'

/** The messages of a value; a half-finished one of another shape counts for nothing. */
export function turnsOf(value: unknown): Turns {
  const messages = (value as TurnsAnswer | null | undefined)?.messages
  const texts = Array.isArray(messages) ? messages.map(({ text }) => String(text)) : []
  return { texts, added: texts.length }
}

/** The answer; undefined while nothing is written. Blanks alone in the composer are no message yet. */
export function answerOf({ texts, added }: Turns, first: Role): TurnsAnswer | undefined {
  const kept = texts.filter((text, index) => index < added || text.trim() !== '')
  return kept.length === 0
    ? undefined
    : { messages: kept.map((text, index) => ({ role: roleAt(first, index), text })) }
}

/** The text of one message changed; at the place behind the conversation it is the composer's. */
export function written(turns: Turns, index: number, text: string): Turns {
  const texts = [...turns.texts]
  texts[index] = text
  return { ...turns, texts }
}

/** What is in the composer joins the conversation, unless it is blank. */
export const withComposed = (turns: Turns): Turns =>
  (turns.texts[turns.added] ?? '').trim() === '' ? turns : { ...turns, added: turns.added + 1 }

/** How many messages go when this one does: with one from the middle goes the one after it, so that turns still alternate. */
export const goWith = ({ added }: Turns, index: number): 1 | 2 => (index < added - 1 ? 2 : 1)

/**
 * Without a message of the conversation. What is in the composer stays where the turn stays the same; after the last message is
 * taken away it is the other's turn, and the composed text would be put into the wrong mouth: it gives way to the text that was taken out.
 */
export function without(turns: Turns, index: number): Turns {
  const gone = goWith(turns, index)
  const texts = [...turns.texts]
  texts.splice(index, gone)
  const added = turns.added - gone
  return { texts: gone === 1 ? texts.slice(0, added) : texts, added }
}

/** Two empty messages before this one. */
export function withPair(turns: Turns, index: number): Turns {
  const texts = [...turns.texts]
  texts.splice(index, 0, '', '')
  return { texts, added: turns.added + 2 }
}
