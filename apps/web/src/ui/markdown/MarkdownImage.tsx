import type { Message } from '@groundwork/contract'
import { createContext, lazy, Suspense, use } from 'react'
import { placeOf } from '../task/image/image-place.ts'
import { ImageNote } from './TaskLink.tsx'

const TaskImage = lazy(() => import('../task/image/TaskImage.tsx'))

/** The stored images that the text of a message may show, by the path that stands in it. */
export const TaskMedia = createContext<Message['media']>(undefined)

/** An image of the task's own media where it stands in the text; any other one is only named, and nothing is fetched. */
export function MarkdownImage({ alt, url }: { alt: string; url: string }) {
  const media = use(TaskMedia)
  const stored = media && Object.hasOwn(media, url) ? media[url] : undefined
  if (!stored) return <ImageNote alt={alt} url={url} />
  const image = { ...stored, alt }
  return (
    <Suspense fallback={<span style={{ display: 'block', ...placeOf(image) }} />}>
      <TaskImage image={image} />
    </Suspense>
  )
}
