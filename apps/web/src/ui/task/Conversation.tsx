import type { Message } from '@groundwork/contract'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MessageView } from './MessageView.tsx'
import { textOf } from './message-text.ts'
import './task.css'

/** The conversation before the responses: the last user turn in full, earlier turns on a line each until they are opened. */
export function Conversation({ messages }: { messages: readonly Message[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(true)
  const lastUser = messages.findLastIndex((message) => message.role === 'user')
  const last = messages[lastUser]
  if (messages.length === 0) return null
  return (
    <section className="context" aria-label={t('task.conversation', { count: messages.length })}>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <ChevronRight className="icon" />
          <span className="nowrap">{t('task.conversation', { count: messages.length })}</span>
          {!open && last && <span className="title">{textOf([last]).slice(0, 300)}</span>}
        </summary>
        <div className="turns">
          {messages.map((message, index) => (
            <Turn
              // biome-ignore lint/suspicious/noArrayIndexKey: turns of one conversation do not move.
              key={index}
              message={message}
              folded={index !== lastUser && index < messages.length - 1}
            />
          ))}
        </div>
      </details>
    </section>
  )
}

function Turn({ message, folded }: { message: Message; folded: boolean }) {
  const { t } = useTranslation()
  const [full, setFull] = useState(!folded)
  const role = t(`task.roles.${message.role}`)
  return (
    <div className={full ? 'turn' : 'turn past'}>
      <span className="who">{role}</span>
      {full ? (
        <div className="said">
          <MessageView message={message} />
        </div>
      ) : (
        <button type="button" className="line reading" dir="auto" onClick={() => setFull(true)}>
          {textOf([message]).slice(0, 400)}
        </button>
      )}
    </div>
  )
}
