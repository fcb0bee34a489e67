import type { Message } from '@groundwork/contract'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../markdown/CodeBlock.tsx'
import { Markdown } from '../markdown/Markdown.tsx'
import { ImageNote } from '../markdown/TaskLink.tsx'

/** What one message says: its text, what stands for its images, its reasoning folded away, the tools that it calls. */
export function MessageView({ message }: { message: Message }) {
  const { t } = useTranslation()
  return (
    <>
      {message.parts.map((part, index) => {
        const key = `${part.type} ${index}`
        if (part.type === 'text') return <Markdown key={key} text={part.text} />
        if (part.type === 'image') return <ImageNote key={key} alt={part.alt ?? ''} url="" />
        return (
          <details key={key} className="reasoning">
            <summary>{t('task.reasoning')}</summary>
            <Markdown text={part.text} />
          </details>
        )
      })}
      {message.toolCalls?.map((call) => (
        <div key={call.id} className="reading tool-call">
          <p className="hint">{t('task.toolCall', { name: call.name })}</p>
          <CodeBlock code={call.argumentsJson} language="json" />
        </div>
      ))}
    </>
  )
}
