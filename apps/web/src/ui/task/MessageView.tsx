import type { Message } from '@groundwork/contract'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { CodeBlock } from '../markdown/CodeBlock.tsx'
import { Markdown } from '../markdown/Markdown.tsx'
import { TaskMedia } from '../markdown/MarkdownImage.tsx'
import { ImageNote } from '../markdown/TaskLink.tsx'
import { visible } from '../markdown/unseen.tsx'
import { placeOf, type ShownImage } from './image/image-place.ts'
import { imageUrl } from './image/image-url.ts'

const CodeReview = lazy(() => import('./code/CodeReview.tsx'))
const TaskImage = lazy(() => import('./image/TaskImage.tsx'))

/** How the texts of responses are shown. */
export type TextView = 'markdown' | 'code' | 'diff'

/** Stays the same object while its place does, so that the text is not drawn again. */
function TextPart({ text, target, part }: { text: string; target: string | undefined; part: number }) {
  const place = useMemo(() => (target === undefined ? undefined : { target, part }), [target, part])
  return <Markdown text={text} place={place} />
}

/** What one message says: its text, its images, its reasoning folded away, the tools that it calls. */
export function MessageView({
  message,
  target,
  shows = 'markdown',
  images = true,
}: {
  message: Message
  /** The name by which answers speak of the message; without it none of its passages can be marked. */
  target?: string
  /** `code` and `diff`: its text as numbered lines. */
  shows?: TextView
  /** false: its images are shown elsewhere. */
  images?: boolean
}) {
  const { t } = useTranslation()
  return (
    <TaskMedia value={message.media}>
      {message.parts.map((part, index) => {
        const key = `${part.type} ${index}`
        if (part.type === 'text')
          return shows === 'markdown' || target === undefined ? (
            <TextPart key={key} text={part.text} target={target} part={index} />
          ) : (
            <Suspense key={key} fallback={<pre className="reading plain-code">{visible(part.text)}</pre>}>
              <CodeReview text={part.text} target={target} part={index} shows={shows} />
            </Suspense>
          )
        if (part.type === 'image') return images && <MessageImage key={key} image={part} />
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
    </TaskMedia>
  )
}

function MessageImage({ image }: { image: ShownImage }) {
  if (!imageUrl(image.assetId))
    return <ImageNote alt={image.alt ?? ''} url={/^data:/i.test(image.assetId) ? '' : image.assetId} />
  return (
    <Suspense fallback={<div style={placeOf(image)} />}>
      <TaskImage image={image} />
    </Suspense>
  )
}
