/** A line of a source by its place in UTF-16 units, without its end. */
export type SourceLine = { from: number; to: number }

/** A piece of a text: prose, or a program without its fences. `language` is what stands after the fence. */
export type CodePiece = { kind: 'prose' | 'code'; from: number; to: number; language: string }

const OPENING = /^ {0,3}(`{3,}|~{3,})([^`]*)$/
const DIFF_START = /^(diff |Index: |--- |\+\+\+ |@@ |\*\*\* )/

/** The lines between two places of a source; what stands after the last line end is a line only when it is not empty. */
export function linesOf(source: string, from = 0, to = source.length): SourceLine[] {
  const lines: SourceLine[] = []
  const ends = /\r\n|\n|\r/g
  ends.lastIndex = from
  let start = from
  for (let match = ends.exec(source); match && match.index < to; match = ends.exec(source)) {
    lines.push({ from: start, to: match.index })
    start = match.index + match[0].length
  }
  if (start < to) lines.push({ from: start, to })
  return lines
}

/** The programs of a text and the prose around them. A text without fences is one program, and so is one that begins as a diff. */
export function codePieces(source: string): CodePiece[] {
  const lines = linesOf(source)
  const textOf = ({ from, to }: SourceLine) => source.slice(from, to)
  const whole: CodePiece[] = [{ kind: 'code', from: 0, to: source.length, language: '' }]
  const first = lines.find((line) => textOf(line).trim() !== '')
  if (!first || DIFF_START.test(textOf(first))) return whole
  const pieces: CodePiece[] = []
  let prose = 0
  let open: { mark: string; from: number; language: string } | null = null
  const endProse = (to: number) => {
    if (source.slice(prose, to).trim() !== '') pieces.push({ kind: 'prose', from: prose, to, language: '' })
  }
  for (const [index, line] of lines.entries()) {
    const text = textOf(line)
    const next = lines[index + 1]?.from ?? source.length
    if (!open) {
      const [, mark, info = ''] = OPENING.exec(text) ?? []
      if (!mark) continue
      endProse(line.from)
      open = { mark, from: next, language: info.trim().split(/\s+/)[0] ?? '' }
    } else if (isClosing(text, open.mark)) {
      // The line end before the closing fence is the end of the last line.
      pieces.push({ kind: 'code', from: open.from, to: line.from, language: open.language })
      prose = next
      open = null
    }
  }
  if (open) pieces.push({ kind: 'code', from: open.from, to: source.length, language: open.language })
  else endProse(source.length)
  return pieces.some(({ kind }) => kind === 'code') ? pieces : whole
}

function isClosing(text: string, mark: string): boolean {
  const [, closing = ''] = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(text) ?? []
  return closing.startsWith(mark)
}
