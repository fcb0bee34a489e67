import { Fragment, useMemo } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { useColours } from '../../markdown/CodeBlock.tsx'
import { type CodePiece, linesOf } from './code-text.ts'
import { LineNumber, LineText, NoteRows } from './LineRow.tsx'
import type { Lines } from './use-lines.ts'

/** A program as numbered lines. */
export function CodeTable({ text, piece, lines }: { text: string; piece: CodePiece; lines: Lines }) {
  const { t } = useTranslation('marking')
  const all = useMemo(() => linesOf(text, piece.from, piece.to), [text, piece])
  const colours = useColours(text.slice(piece.from, piece.to), piece.language)
  return (
    <figure className="cr-file">
      <figcaption>
        <b>{piece.language || t('code.plain')}</b>
        <span className="faint num">{t('code.lines', { count: all.length })}</span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="cr-scroll" dir="ltr" tabIndex={0} aria-label={t('code.scroll')}>
        <table className="cr-table">
          <tbody>
            {all.map((line, index) => {
              const notes = lines.notesAt(line)
              return (
                <Fragment key={line.from}>
                  <tr {...lines.rowOf(line)} aria-label={t('code.line', { number: index + 1 })}>
                    <LineNumber number={index + 1} />
                    <td className="cr-code">
                      <LineText text={text} from={line.from} to={line.to} colours={colours?.[index]} />
                    </td>
                  </tr>
                  <NoteRows notes={notes} columns={2} />
                </Fragment>
              )
            })}
          </tbody>
        </table>
      </section>
    </figure>
  )
}
