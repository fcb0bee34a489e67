import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Markdown } from '../../markdown/Markdown.tsx'
import { placeAttributes } from '../../markdown/part-place.ts'
import { createPersonalValue } from '../../personal.ts'
import { useStore } from '../../store.ts'
import { CodeTable } from './CodeTable.tsx'
import { codePieces } from './code-text.ts'
import { DiffTable } from './DiffTable.tsx'
import { diffOf } from './diff-lines.ts'
import { useLines } from './use-lines.ts'
import './code.css'

const wrapped = createPersonalValue<'on' | 'off'>('code.wrap', 'off')
const paired = createPersonalValue<'on' | 'off'>('code.sideBySide', 'off')

/** From this width on, in CSS pixels, two versions of a line stand side by side. */
const WIDE = 704

/**
 * A text as numbered lines of programs (`code`) or of changes in unified format (`diff`); prose around fenced programs stays prose. A
 * question that marks passages takes comments on lines here. Nothing of it is more than text.
 */
export default function CodeReview({
  text,
  target,
  part,
  shows,
}: {
  text: string
  target: string
  part: number
  shows: 'code' | 'diff'
}) {
  const { t } = useTranslation('marking')
  const root = useRef<HTMLDivElement>(null)
  const wrap = useStore(wrapped) === 'on'
  const wide = useIsWide(root)
  const sides = useStore(paired) === 'on' && wide
  const pieces = useMemo(
    () =>
      codePieces(text).map((piece) => ({
        ...piece,
        files: shows === 'diff' && piece.kind === 'code' ? diffOf(text, piece.from, piece.to) : null,
      })),
    [text, shows],
  )
  const isDiff = pieces.some(({ files }) => files !== null)
  const lines = useLines({ root, text, target, part })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: lines are rows with the focus; the keys of all of them are here.
    <div
      className="code-review"
      ref={root}
      data-wrap={wrap || undefined}
      data-marks={lines.marks || undefined}
      {...placeAttributes({ target, part })}
      onKeyDown={lines.onKeyDown}
      onPointerDown={lines.onPointerDown}
    >
      <div className="cr-bar" data-skip>
        {lines.marks && <span className="faint cr-keys">{t('code.hint')}</span>}
        <label>
          <input type="checkbox" checked={wrap} onChange={() => wrapped.set(wrap ? 'off' : 'on')} />
          {t('code.wrap')}
        </label>
        {isDiff && wide && (
          <label>
            <input type="checkbox" checked={sides} onChange={() => paired.set(sides ? 'off' : 'on')} />
            {t('code.sideBySide')}
          </label>
        )}
      </div>
      {pieces.map((piece) => {
        if (piece.kind === 'prose')
          return (
            <Markdown
              key={piece.from}
              text={text.slice(piece.from, piece.to)}
              place={{ target, part, from: piece.from, to: piece.to }}
            />
          )
        const { files } = piece
        if (!files) return <CodeTable key={piece.from} text={text} piece={piece} lines={lines} />
        return files.map((file) => (
          <DiffTable
            key={file.hunks[0]?.header.from}
            text={text}
            file={file}
            language={piece.language}
            paired={sides}
            lines={lines}
          />
        ))
      })}
      <p className="sr" role="status" data-skip>
        {lines.said}
      </p>
    </div>
  )
}

/** Whether there is room for two columns of code. */
function useIsWide(ref: RefObject<HTMLElement | null>): boolean {
  const [wide, setWide] = useState(false)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => setWide(element.clientWidth >= WIDE)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return wide
}
