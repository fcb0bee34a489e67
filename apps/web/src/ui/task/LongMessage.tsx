import type { Message } from '@groundwork/contract'
import type { ReactNode } from 'react'
import { isParsed, parseFirst } from '../markdown/parsed.ts'
import { textOf, textsOf } from './message-text.ts'
import { useNear } from './near.ts'

/** Texts that together are shorter than this are drawn at once; longer ones piece by piece. In UTF-16 units. */
export const DRAWN_AT_ONCE = 24_000

/** Whether the messages together are so long that they are drawn only near what is seen. */
export const areLong = (messages: readonly Message[]): boolean =>
  messages.reduce((sum, message) => sum + textsOf(message).join('').length, 0) > DRAWN_AT_ONCE

/** Whether all texts of a message can be drawn without parsing them first. */
export const isReady = (message: Message): boolean => textsOf(message).every(isParsed)

/**
 * A message of a long conversation: until it comes near what is seen, its text stands there plain, in a box about as high, so that
 * finding, selecting and screen readers have it all the time; then it is drawn as it should look.
 */
export function LongMessage({
  message,
  at,
  children,
}: {
  message: Message
  at: 'once' | 'near'
  /** The message as it should look. */
  children: ReactNode
}) {
  const { ref, near } = useNear<HTMLDivElement>(at, () => {
    const under = textsOf(message).flatMap((text) => parseFirst(text) ?? [])
    return under.length > 0 ? Promise.allSettled(under) : undefined
  })
  const text = near ? '' : textOf([message])
  return (
    <div
      ref={ref}
      className={at === 'near' ? 'said far' : 'said'}
      lang={message.lang}
      style={at === 'near' ? { containIntrinsicBlockSize: `auto ${estimatedHeight(message)}px` } : undefined}
    >
      {near ? (
        children
      ) : (
        <div className="reading waiting" dir="auto">
          {text}
        </div>
      )}
    </div>
  )
}

/** About how high a message stands: lines of eighty characters, 26 px each. */
function estimatedHeight(message: Message): number {
  const lines = textsOf(message)
    .join('\n')
    .split('\n')
    .reduce((sum, line) => sum + Math.max(0.5, Math.ceil(line.length / 80)), 0)
  return Math.round(lines * 26)
}
