import type { Message } from '@groundwork/contract'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../markdown/CodeBlock.tsx'
import { Markdown } from '../markdown/Markdown.tsx'
import { ImageNote } from '../markdown/TaskLink.tsx'
import { placeOf, type ShownImage } from './image/image-place.ts'

const TaskImage = lazy(() => import('./image/TaskImage.tsx'))
/** Of a stored asset; a file that is only looked at before its import names images by their paths. */
const STORED = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Stays the same object while its place does, so that the text is not drawn again. */
function TextPart({ text, target, part }: { text: string; target: string | undefined; part: number }) {
  const place = useMemo(() => (target === undefined ? undefined : { target, part }), [target, part])
  return <Markdown text={text} place={place} />
}

/** What one message says: its text, its images, its reasoning folded away, the tools that it calls. */
export function MessageView({
  message,
  target,
}: {
  message: Message
  /** The name by which answers speak of the message; without it none of its passages can be marked. */
  target?: string
}) {
  const { t } = useTranslation()
  return (
    <>
      {message.parts.map((part, index) => {
        const key = `${part.type} ${index}`
        if (part.type === 'text') return <TextPart key={key} text={part.text} target={target} part={index} />
        if (part.type === 'image') return <MessageImage key={key} image={part} />
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

function MessageImage({ image }: { image: ShownImage }) {
  if (!STORED.test(image.assetId))
    return <ImageNote alt={image.alt ?? ''} url={/^data:/i.test(image.assetId) ? '' : image.assetId} />
  return (
    <Suspense fallback={<div style={placeOf(image)} />}>
      <TaskImage image={image} />
    </Suspense>
  )
}
