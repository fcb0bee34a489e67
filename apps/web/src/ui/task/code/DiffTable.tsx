import { ChevronDown, ChevronRight } from 'lucide-react'
import { Fragment, useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { useColours } from '../../markdown/CodeBlock.tsx'
import type { ColouredLine } from '../../markdown/highlight.ts'
import { visible } from '../../markdown/unseen.tsx'
import { type DiffFile, type DiffLine, foldsOf, type Hunk, languageOfFile, sideBySide } from './diff-lines.ts'
import { LineNumber, LineText, NoteRows } from './LineRow.tsx'
import type { Lines } from './use-lines.ts'

/** Of a table: numbers, a sign and the text; or numbers and texts of both files. */
const COLUMNS = 4

type DiffProps = { text: string; language: string; paired: boolean; lines: Lines }

/** The changes of one file, hunk by hunk, with the numbers of the old and the new file. */
export function DiffTable({ file, ...props }: DiffProps & { file: DiffFile }) {
  const { t } = useTranslation('marking')
  const all = file.hunks.flatMap((hunk) => hunk.lines)
  const count = (kind: DiffLine['kind']) => all.filter((line) => line.kind === kind).length
  const language =
    props.language && props.language !== 'diff' && props.language !== 'patch'
      ? props.language
      : languageOfFile(file.name)
  return (
    <figure className="cr-file">
      <figcaption>
        <b dir="ltr">{file.name}</b>
        <span className="faint num">
          {t('code.change', { added: count('added'), removed: count('removed') })}
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="cr-scroll" dir="ltr" tabIndex={0} aria-label={t('code.scroll')}>
        <table className={props.paired ? 'cr-table paired' : 'cr-table'}>
          {props.paired && (
            <colgroup>
              <col className="cr-col" />
              <col />
              <col className="cr-col" />
              <col />
            </colgroup>
          )}
          {file.hunks.map((hunk, index) => (
            <HunkRows key={hunk.header.from} {...props} language={language} hunk={hunk} number={index + 1} />
          ))}
        </table>
      </section>
    </figure>
  )
}

function HunkRows({
  text,
  language,
  paired,
  lines,
  hunk,
  number,
}: DiffProps & { hunk: Hunk; number: number }) {
  const { t } = useTranslation('marking')
  const [open, setOpen] = useState(true)
  const [unfolded, setUnfolded] = useState<readonly number[]>([])
  const colours = useDiffColours(text, hunk, language)
  const folds = foldsOf(hunk.lines).filter(
    ({ from, to }) =>
      !unfolded.includes(from) && !hunk.lines.slice(from, to).some((line) => lines.isMarked(line)),
  )
  const isFolded = (index: number) => folds.some(({ from, to }) => index >= from && index < to)
  const foldAt = (index: number) => folds.find(({ from }) => from === index)
  const isOpen = open || hunk.lines.some((line) => lines.isMarked(line))
  const unfold = (fold: { from: number; to: number }) => (
    <tr className="cr-fold" data-skip>
      <td colSpan={COLUMNS}>
        <button type="button" className="btn link" onClick={() => setUnfolded([...unfolded, fold.from])}>
          {t('code.unchanged', { count: fold.to - fold.from })}
        </button>
      </td>
    </tr>
  )
  return (
    <tbody>
      <tr className="cr-hunk" data-skip>
        <td colSpan={COLUMNS}>
          <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? <ChevronDown className="icon" /> : <ChevronRight className="icon" />}
            <span className="sr">{t('code.hunk', { number })}</span>
            <span>{hunk.where}</span>
          </button>
        </td>
      </tr>
      {isOpen &&
        (paired
          ? sideBySide(hunk.lines).map(({ left, right }) => {
              const line = left ?? right
              if (!line) return null
              const index = hunk.lines.indexOf(line)
              const fold = foldAt(index)
              if (isFolded(index)) return fold && <Fragment key={line.from}>{unfold(fold)}</Fragment>
              return (
                <PairRow
                  key={line.from}
                  text={text}
                  left={left}
                  right={right}
                  colours={colours}
                  lines={lines}
                />
              )
            })
          : hunk.lines.map((line, index) => {
              const fold = foldAt(index)
              if (isFolded(index)) return fold && <Fragment key={line.from}>{unfold(fold)}</Fragment>
              return (
                <Fragment key={line.from}>
                  <tr className={`is-${line.kind}`} {...lines.rowOf(line)} aria-label={nameOf(line, t)}>
                    <LineNumber number={line.old} />
                    <LineNumber number={line.new} />
                    <Sign line={line} />
                    <td className="cr-code">
                      <LineText text={text} from={line.textFrom} to={line.to} colours={colours.get(line)} />
                    </td>
                  </tr>
                  <NoteRows notes={lines.notesAt(line)} columns={COLUMNS} />
                </Fragment>
              )
            }))}
    </tbody>
  )
}

/** Two lines side by side; each is a row of its own to the cursor. An unchanged line is shown twice and is one. */
function PairRow({
  text,
  left,
  right,
  colours,
  lines,
}: {
  text: string
  left: DiffLine | undefined
  right: DiffLine | undefined
  colours: Map<DiffLine, ColouredLine>
  lines: Lines
}) {
  const { t } = useTranslation('marking')
  const same = left === right
  const cell = (line: DiffLine | undefined, number: number | undefined, mine: boolean) => (
    <>
      <LineNumber number={number} />
      <td
        className={`cr-code is-${line?.kind ?? 'empty'}`}
        {...(line && mine ? { ...lines.rowOf(line), 'aria-label': nameOf(line, t) } : {})}
      >
        {line && line.kind !== 'same' && line.kind !== 'note' && <SignMark line={line} />}
        {line &&
          (mine ? (
            <LineText text={text} from={line.textFrom} to={line.to} colours={colours.get(line)} />
          ) : (
            <span data-skip aria-hidden="true">
              <LineTwin text={text} line={line} />
            </span>
          ))}
      </td>
    </>
  )
  return (
    <>
      <tr className="cr-pair">
        {cell(left, left?.old, true)}
        {cell(right, right?.new, !same)}
      </tr>
      <NoteRows
        notes={[...(left ? lines.notesAt(left) : []), ...(right && !same ? lines.notesAt(right) : [])]}
        columns={COLUMNS}
      />
    </>
  )
}

const LineTwin = ({ text, line }: { text: string; line: DiffLine }) => (
  <code className="cr-text">{visible(text.slice(line.textFrom, line.to))}</code>
)

const signs = { added: '+', removed: '−', same: '', note: '' } as const
const SignMark = ({ line }: { line: DiffLine }) => (
  <span className="cr-mark" data-skip data-sign={signs[line.kind]} aria-hidden="true" />
)
const Sign = ({ line }: { line: DiffLine }) => (
  <td className="cr-sign" data-skip data-sign={signs[line.kind]} aria-hidden="true" />
)

function nameOf(line: DiffLine, t: ReturnType<typeof useTranslation<'marking'>>['t']): string {
  const number = line.new ?? line.old ?? ''
  if (line.kind === 'added') return t('code.lineAdded', { number })
  return line.kind === 'removed' ? t('code.lineRemoved', { number }) : t('code.line', { number })
}

/** The colours of both files' lines of a hunk; each file is coloured as a whole, so that strings over several lines stay strings. */
function useDiffColours(text: string, hunk: Hunk, language: string): Map<DiffLine, ColouredLine> {
  const old = hunk.lines.filter((line) => line.kind === 'same' || line.kind === 'removed')
  const fresh = hunk.lines.filter((line) => line.kind === 'same' || line.kind === 'added')
  const joined = (lines: readonly DiffLine[]) =>
    lines.map((line) => text.slice(line.textFrom, line.to)).join('\n')
  const oldColours = useColours(joined(old), language)
  const freshColours = useColours(joined(fresh), language)
  const colours = new Map<DiffLine, ColouredLine>()
  for (const [lines, found] of [
    [old, oldColours],
    [fresh, freshColours],
  ] as const)
    for (const [index, line] of lines.entries()) {
      const coloured = found?.[index]
      if (coloured) colours.set(line, coloured)
    }
  return colours
}
