import type { Root } from 'mdast'
import { lazy, memo, Suspense, startTransition, useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { parsedMarkdown } from './parsed.ts'
import { type PartPlace, placeAttributes } from './part-place.ts'
import { type Piece, piecesOf } from './pieces.ts'
import { Blocks, contextOf } from './render.tsx'
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
  const root = useMemo(() => parsedMarkdown(text), [text])
  const pieces = useMemo(() => (root ? piecesOf(root) : []), [root])
  const drawn = useDrawn(text, pieces.length)
  const classes = className ? `reading ${className}` : 'reading'
  return (
    // Passages of it are marked when all of it is there.
    <div className={classes} dir="auto" {...(drawn >= pieces.length && placeAttributes(place))}>
      {root ? (
        <Tree text={text} root={root} pieces={pieces.slice(0, drawn)} openLink={openLink} />
      ) : (
        <Plain text={text} />
      )}
      {link !== null && (
        <Suspense fallback={null}>
          <LinkDialog url={link} onClose={() => setLink(null)} />
        </Suspense>
      )}
    </div>
  )
})

/** So many pieces of a text are drawn by now: the first at once, the others one by one when the page has nothing better to do. */
function useDrawn(text: string, pieces: number): number {
  const [state, setState] = useState({ text, drawn: 1 })
  const drawn = state.text === text ? state.drawn : 1
  useEffect(() => {
    if (drawn >= pieces) return
    const next = () => startTransition(() => setState({ text, drawn: drawn + 1 }))
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(next, 30)
      return () => clearTimeout(timer)
    }
    const handle = requestIdleCallback(next, { timeout: 50 })
    return () => cancelIdleCallback(handle)
  }, [text, drawn, pieces])
  return drawn
}

function Tree({
  text,
  root,
  pieces,
  openLink,
}: {
  text: string
  root: Root
  pieces: readonly Piece[]
  openLink: (url: string) => void
}) {
  const context = useMemo(() => contextOf(root, { source: text, openLink }), [root, text, openLink])
  return pieces.map(({ from, to }) => <Blocks key={from} root={root} context={context} from={from} to={to} />)
}

function Plain({ text }: { text: string }) {
  const { t } = useTranslation()
  return (
    <>
      <p className="hint">{t('task.plainFallback')}</p>
      <pre className="plain">{visible(text)}</pre>
    </>
  )
}
