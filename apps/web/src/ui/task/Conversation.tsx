import type { Message } from '@groundwork/contract'
import { messageTarget } from '@groundwork/contract/checks'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, type Ref, useMemo, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../Button.tsx'
import { areLong, LongMessage } from './LongMessage.tsx'
import { MessageView } from './MessageView.tsx'
import { textOf } from './message-text.ts'
import './task.css'

/**
 * The conversation before the responses: the last user turn in full, earlier turns on a line each until they are opened, one or all.
 * @param expanded every turn in full; `onExpand` is asked for when the person wants them so
 */
export function Conversation({
  messages,
  expanded = false,
  onExpand,
  bodyRef,
  title,
  images = true,
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
}) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(true)
  const long = useMemo(() => areLong(messages), [messages])
  const lastUser = messages.findLastIndex((message) => message.role === 'user')
  const last = messages[lastUser]
  if (messages.length === 0) return null
  const heading = title ?? t('task.conversation', { count: messages.length })
  const folds = messages.length > 2 || lastUser > 0
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
          {!open && last && <span className="title">{textOf([last]).slice(0, 300)}</span>}
        </summary>
        <div className="turns" ref={bodyRef}>
          {messages.map((message, index) => (
            <Turn
              // biome-ignore lint/suspicious/noArrayIndexKey: turns of one conversation do not move.
              key={index}
              message={message}
              // One thing with a name of its own is said by nobody.
              named={title === undefined || messages.length > 1}
              folded={!expanded && index !== lastUser && index < messages.length - 1}
              at={expanded && long ? 'near' : 'once'}
            >
              <MessageView message={message} target={messageTarget('context', index)} images={images} />
            </Turn>
          ))}
        </div>
      </details>
    </section>
  )
}

function Turn({
  message,
  named,
  folded,
  at,
  children,
}: {
  message: Message
  named: boolean
  folded: boolean
  at: 'once' | 'near'
  children: ReactNode
}) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const full = opened || !folded
  return (
    <div className={`turn ${full ? '' : 'past'} ${named ? '' : 'unnamed'}`} data-role={message.role}>
      {named && <span className="who">{t(`task.roles.${message.role}`)}</span>}
      {full ? (
        <LongMessage message={message} at={at}>
          {children}
        </LongMessage>
      ) : (
        <button type="button" className="line reading" dir="auto" onClick={() => setOpened(true)}>
          {textOf([message]).slice(0, 400)}
        </button>
      )}
    </div>
  )
}
