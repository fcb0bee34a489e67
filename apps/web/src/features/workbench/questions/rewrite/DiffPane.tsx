import { ChevronDown, ChevronUp, RotateCcw } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import type { Change, Piece } from './text-diff.ts'
import type { ShownDiff } from './use-diff.ts'

/** Ticks at the side: enough to see where the changes are. */
const MAX_TICKS = 300

/**
 * The text with what was added and removed, and the changes one by one: to go to, and to take back.
 * @param current whether the diff is that of the text as it stands; while it lags behind nothing can be taken back
 */
export function DiffPane({
  diff,
  current,
  onRestore,
  onEdit,
}: {
  diff: ShownDiff | null
  current: boolean
  onRestore: (change: Change) => void
  onEdit: (change: Change) => void
}) {
  const { t } = useTranslation('rewrite')
  const [wanted, setWanted] = useState(0)
  const body = useRef<HTMLElement>(null)
  const count = diff?.changes.length ?? 0
  const at = Math.min(wanted, Math.max(0, count - 1))
  const change = diff?.changes[at]

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another change is chosen, not when the text changes.
  useEffect(() => {
    const mark = body.current?.querySelector(`[data-change="${at}"]`)
    const pane = body.current
    if (!mark || !pane) return
    const [inner, outer] = [mark.getBoundingClientRect(), pane.getBoundingClientRect()]
    // The pane alone scrolls; the page around it stays.
    if (inner.top < outer.top || inner.bottom > outer.bottom)
      pane.scrollTop += inner.top - outer.top - outer.height / 3
  }, [wanted])

  // Said when one goes to a change, and not whenever typing has made another.
  const [said, say] = useState('')
  const go = (by: number) => {
    const next = (at + by + count) % count
    const there = diff?.changes[next]
    setWanted(next)
    if (there) say(wordsOf(there, t('diff.where', { at: next + 1, count })))
  }
  const wordsOf = ({ removed, added }: Change, where: string) =>
    [
      where,
      removed && t('diff.removed', { text: short(removed) }),
      added && t('diff.added', { text: short(added) }),
    ]
      .filter(Boolean)
      .join(' ')
  const restore = () => {
    if (!change || !current) return
    onRestore(change)
    say(t('diff.restored'))
  }
  return (
    <>
      <div className="rw-bar">
        <Button
          look="quiet"
          iconOnly
          aria-label={t('diff.previous')}
          disabled={count === 0}
          onClick={() => go(-1)}
        >
          <ChevronUp className="icon" />
        </Button>
        <Button
          look="quiet"
          iconOnly
          aria-label={t('diff.next')}
          disabled={count === 0}
          onClick={() => go(1)}
        >
          <ChevronDown className="icon" />
        </Button>
        <span className="num where">{change ? t('diff.where', { at: at + 1, count }) : t('diff.none')}</span>
        <span className="sr" role="status">
          {said}
        </span>
        <div className="end">
          <Button
            look="quiet"
            size="s"
            disabled={!change}
            onClick={() => change && current && onEdit(change)}
          >
            {t('diff.edit')}
          </Button>
          <Button look="quiet" size="s" disabled={!change} aria-disabled={!current} onClick={restore}>
            <RotateCcw className="icon" />
            {t('diff.restore')}
          </Button>
        </div>
      </div>
      <div className="rw-scroll">
        <section
          ref={body}
          className="rw-diff reading"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          dir="auto"
          aria-label={t('diff.label')}
        >
          {diff?.blocks.map((pieces, index) => (
            <Block
              // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place in the text.
              key={index}
              pieces={pieces}
              changes={diff.changes}
              sign={signOf(pieces, diff.changes, at)}
              at={at}
              onChoose={setWanted}
            />
          ))}
        </section>
        <Ticks diff={diff} at={at} />
      </div>
    </>
  )
}

const short = (text: string) => (text.length > 200 ? `${text.slice(0, 200)} …` : text)

/** All that a block shows, as a text to compare by: a block that says the same is not drawn again. */
const signOf = (pieces: readonly Piece[], changes: readonly Change[], at: number): string =>
  pieces
    .map((piece) => {
      if ('same' in piece) return `=${piece.same}`
      const change = changes[piece.change]
      return `${piece.change}${piece.change === at ? '!' : ''}-${change?.removed}+${change?.added}`
    })
    .join('\u0000')

const Block = memo(
  function Block({
    pieces,
    changes,
    at,
    onChoose,
  }: {
    pieces: readonly Piece[]
    changes: readonly Change[]
    sign: string
    at: number
    onChoose: (index: number) => void
  }) {
    return (
      <div className="rw-block">
        {pieces.map((piece, index) => {
          if ('same' in piece) return piece.same
          const change = changes[piece.change]
          if (!change) return null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the buttons above do the same by keyboard.
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the block.
              key={index}
              data-change={piece.change}
              className={piece.change === at ? 'change current' : 'change'}
              onClick={() => onChoose(piece.change)}
            >
              {change.removed && <del>{withLineEnds(change.removed)}</del>}
              {change.added && <ins>{withLineEnds(change.added)}</ins>}
            </span>
          )
        })}
      </div>
    )
  },
  (before, after) => before.sign === after.sign,
)

/** A line end that was added or removed can be seen. */
const withLineEnds = (text: string) => text.replaceAll('\n', '↵\n')

/** Where in the text the changes are; for the eye only, the buttons above lead there too. */
function Ticks({ diff, at }: { diff: ShownDiff | null; at: number }) {
  if (!diff || diff.changes.length === 0) return null
  const length = Math.max(1, diff.text.length)
  return (
    <div className="rw-ticks" aria-hidden="true">
      {diff.changes.slice(0, MAX_TICKS).map((change, index) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a change is its place in the list.
          key={index}
          className={index === at ? 'current' : change.added ? 'added' : 'removed'}
          style={{ insetBlockStart: `${(change.at / length) * 100}%` }}
        />
      ))}
    </div>
  )
}
