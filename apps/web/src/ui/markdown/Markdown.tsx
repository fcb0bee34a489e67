import { lazy, memo, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { parsedMarkdown } from './parsed.ts'
import { type PartPlace, placeAttributes } from './part-place.ts'
import { renderBlocks } from './render.tsx'
import { visible } from './unseen.tsx'
import './markdown.css'

const LinkDialog = lazy(() => import('./LinkDialog.tsx').then((module) => ({ default: module.LinkDialog })))

/**
 * Text of a model or a user, as it should look. It is treated as hostile: it becomes React elements of a fixed set and never HTML,
 * loads nothing (images are named, not fetched), and its links open only after their target has been shown.
 */
export const Markdown = memo(function Markdown({
  text,
  className,
  place,
}: {
  text: string
  className?: string
  /** Where the text stands in the task, so that passages of it can be marked. */
  place?: PartPlace | undefined
}) {
  const [link, setLink] = useState<string | null>(null)
  const openLink = useCallback((url: string) => setLink(url), [])
  const classes = className ? `reading ${className}` : 'reading'
  return (
    <div className={classes} dir="auto" {...placeAttributes(place)}>
      <Tree text={text} openLink={openLink} />
      {link !== null && (
        <Suspense fallback={null}>
          <LinkDialog url={link} onClose={() => setLink(null)} />
        </Suspense>
      )}
    </div>
  )
})

const Tree = memo(function Tree({ text, openLink }: { text: string; openLink: (url: string) => void }) {
  const { t } = useTranslation()
  const root = useMemo(() => parsedMarkdown(text), [text])
  if (root) return renderBlocks(root, { source: text, openLink })
  return (
    <>
      <p className="hint">{t('task.plainFallback')}</p>
      <pre className="plain">{visible(text)}</pre>
    </>
  )
})
