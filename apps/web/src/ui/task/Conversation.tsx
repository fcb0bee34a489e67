import type { Message } from '@groundwork/contract'
import { messageTarget } from '@groundwork/contract/checks'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, type Ref, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../Button.tsx'
import { plainText } from '../markdown/plain.ts'
import { visible } from '../markdown/unseen.tsx'
import { areLong, LongMessage } from './LongMessage.tsx'
import { MessageView } from './MessageView.tsx'
import { textOf } from './message-text.ts'
import { responseOf, wantedTarget } from './shown-target.ts'
import { earlierTurns } from './turns.ts'
import './task.css'

const none: ReadonlySet<number> = new Set()

/**
 * The conversation before the responses: the last user turn in full, earlier turns on a line each until they are opened, one or all; many
 * of them are one line together. Where the last user turn is out of sight, the head says how it begins.
 * @param expanded every turn in full; `onExpand` is asked for when the person wants them so
 */
export function Conversation({
  messages,
  expanded = false,
  onExpand,
  bodyRef,
  title,
  images = true,
  named = none,
}: {
  messages: readonly Message[]
  expanded?: boolean
  onExpand?: (expanded: boolean) => void
  /** What holds the turns. */
  bodyRef?: Ref<HTMLDivElement>
  /** What it is called, where it is not a conversation. */
  title?: string | undefined
  /** false: the images are shown elsewhere. */
  images?: boolean
  /** Turns that the answer speaks of; they are in full. */
  named?: ReadonlySet<number>
}) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(true)
  const [unfolded, setUnfolded] = useState(false)
  const long = useMemo(() => areLong(messages), [messages])
  const earlier = useMemo(() => earlierTurns(messages), [messages])
  const { full, show } = useFullTurns(named)
  const lastUser = messages.findLastIndex((message) => message.role === 'user')
  const last = messages[lastUser]
  const beginning = useMemo(() => last && plainText(textOf([last]), 300), [last])
  const begin = useRef<HTMLSpanElement>(null)
  const inSight = useInSight(begin)
  if (messages.length === 0) return null
  const heading = title ?? t('task.conversation', { count: messages.length })
  const folds = messages.length > 2 || lastUser > 0
  const folded = (index: number) =>
    !unfolded && !expanded && !full.has(index) && index >= earlier.from && index < earlier.to
  return (
    <section className="context" aria-label={heading}>
      {folds && onExpand && open && (
        <Button className="link context-all" onClick={() => onExpand(!expanded)}>
          {t(expanded ? 'task.foldTurns' : 'task.expandTurns')}
        </Button>
      )}
      <details open={open || expanded} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <ChevronRight className="icon" />
          <span className="nowrap">{heading}</span>
          {beginning && !(inSight && (open || expanded)) && (
            <span className="title">{visible(beginning)}</span>
          )}
        </summary>
        <div className="turns" ref={bodyRef}>
          {messages.map((message, index) => {
            if (index === earlier.from && earlier.to > 0 && !expanded)
              // The button stays where it is when it has opened them.
              return [
                <Button
                  key="earlier"
                  className="link earlier"
                  aria-expanded={unfolded}
                  onClick={() => setUnfolded(!unfolded)}
                >
                  {t('task.earlierTurns', { count: earlier.to - earlier.from })}
                </Button>,
                turn(message, index),
              ]
            return turn(message, index)
          })}
        </div>
      </details>
    </section>
  )

  function turn(message: Message, index: number) {
    if (folded(index)) return null
    return (
      <Turn
        key={index}
        message={message}
        // One thing with a name of its own is said by nobody.
        named={title === undefined || messages.length > 1}
        folded={!expanded && index !== lastUser && index < messages.length - 1 && !full.has(index)}
        onOpen={() => show(index)}
        at={expanded && long ? 'near' : 'once'}
        {...(index === lastUser && { begin })}
      >
        <MessageView message={message} target={messageTarget('context', index)} images={images} />
      </Turn>
    )
  }
}

/** The turns that are in full one by one: those that the person opened or wants to see, and those that the answer speaks of. */
function useFullTurns(named: ReadonlySet<number>) {
  const [opened, setOpened] = useState(none)
  const show = useCallback((index: number) => setOpened((before) => new Set([...before, index])), [])
  useEffect(
    () =>
      wantedTarget.subscribe(() => {
        const { target } = wantedTarget.get() ?? { target: '' }
        if (responseOf(target) === 'context') show(Number(target.slice('context:'.length)))
      }),
    [show],
  )
  return { full: useMemo(() => new Set([...opened, ...named]), [opened, named]), show }
}

/** Whether an element can be seen in what scrolls around it; true until that is known. */
function useInSight(ref: { current: Element | null }): boolean {
  const [inSight, setInSight] = useState(true)
  useEffect(() => {
    if (!ref.current) return
    const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting !== false))
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [ref])
  return inSight
}

function Turn({
  message,
  named,
  folded,
  onOpen,
  at,
  begin,
  children,
}: {
  message: Message
  named: boolean
  folded: boolean
  onOpen: () => void
  at: 'once' | 'near'
  begin?: Ref<HTMLSpanElement>
  children: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <div className={`turn ${folded ? 'past' : ''} ${named ? '' : 'unnamed'}`} data-role={message.role}>
      {named && (
        <span className="who" ref={begin}>
          {t(`task.roles.${message.role}`)}
        </span>
      )}
      {folded ? (
        <button type="button" className="line reading" dir="auto" onClick={onOpen}>
          {visible(plainText(textOf([message])))}
        </button>
      ) : (
        <LongMessage message={message} at={at}>
          {children}
        </LongMessage>
      )}
    </div>
  )
}
