import type { ReactNode } from 'react'
import type { ColouredLine } from '../../markdown/highlight.ts'
import { visible } from '../../markdown/unseen.tsx'
import type { LineNote } from '../../marking/passage.ts'

/** The text of a line, in colours when they are there. `from` and `to` are its place in the source. */
export function LineText({
  text,
  from,
  to,
  colours,
}: {
  text: string
  from: number
  to: number
  colours: ColouredLine | undefined
}) {
  const line = text.slice(from, to)
  // Colours of another text than this one (the colouring counts its lines in its own way) are none.
  const fits = colours?.map((piece) => piece.text).join('') === line
  return (
    <code className="cr-text" data-piece={`${from} ${to}`}>
      {fits
        ? colours?.map((piece, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line do not move.
            <span key={index} style={piece.colour ? { color: piece.colour } : undefined}>
              {visible(piece.text)}
            </span>
          ))
        : visible(line)}
    </code>
  )
}

/** A line number; no text of the document, so that it is neither copied nor found. */
export const LineNumber = ({ number }: { number: number | undefined }) => (
  <td className="cr-num" data-skip data-number={number} />
)

/** What is said about lines, under the last of them. */
export function NoteRows({ notes, columns }: { notes: readonly LineNote[]; columns: number }): ReactNode {
  return notes.map((note) => (
    <tr key={note.id} className="cr-note" data-skip>
      <td colSpan={columns}>
        <div data-look={note.look}>{note.body}</div>
      </td>
    </tr>
  ))
}
