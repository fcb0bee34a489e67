import { Image } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { visible } from './unseen.tsx'

/** A link of a task. A button, so that no click of any kind leads away before the target has been shown. */
export function TaskLink({
  url,
  onOpen,
  children,
}: {
  url: string
  onOpen: (url: string) => void
  children: ReactNode
}) {
  return (
    <button type="button" className="task-link" title={url} onClick={() => onOpen(url)}>
      {children}
    </button>
  )
}

/** In place of an image: its name and where it would come from. Nothing is fetched. */
export function ImageNote({ alt, url }: { alt: string; url: string }) {
  const { t } = useTranslation()
  return (
    <span className="image-note">
      <Image className="icon" />
      {visible(alt ? t('task.imageNamed', { alt }) : t('task.image'))}
      <span className="faint">
        {url && ` ${url.slice(0, 120)}`} ({t('task.imageNotLoaded')})
      </span>
    </span>
  )
}
