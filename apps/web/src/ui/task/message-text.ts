import type { Message } from '@groundwork/contract'

/** The texts of a message, one per part. */
export const textsOf = (message: Message): string[] =>
  message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))

/** The text of messages as a person would copy it; parts and messages are parted by a blank line. */
export function textOf(messages: readonly Message[]): string {
  return messages.flatMap(textsOf).join('\n\n')
}

/** The letter of a response by its place on the screen: 0 → A, 1 → B. */
export const letter = (position: number): string => String.fromCharCode(65 + position)
