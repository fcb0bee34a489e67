import { linesOf, type SourceLine } from './code-text.ts'

/**
 * A line of a change: its place in the source with the sign before it, its text without, and the numbers that it has in the old and
 * the new file. `note` is what diff says itself.
 */
export type DiffLine = SourceLine & {
  textFrom: number
  kind: 'same' | 'added' | 'removed' | 'note'
  old: number | undefined
  new: number | undefined
}
export type Hunk = { header: SourceLine; where: string; lines: DiffLine[] }
export type DiffFile = { name: string; hunks: Hunk[] }

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)$/

/** The files of a change in unified format; null for a text that is none. Lines outside of hunks only name files. */
export function diffOf(source: string, from: number, to: number): DiffFile[] | null {
  const files: DiffFile[] = []
  let file: DiffFile | null = null
  let hunk: Hunk | null = null
  let [oldLine, newLine, oldLeft, newLeft] = [0, 0, 0, 0]
  let named = ''
  const lines = linesOf(source, from, to)
  for (const line of lines) {
    const text = source.slice(line.from, line.to)
    const inHunk = hunk !== null && (oldLeft > 0 || newLeft > 0)
    const sign = text[0]
    if (inHunk && hunk && (sign === ' ' || sign === '+' || sign === '-' || text === '')) {
      const kind = sign === '+' ? 'added' : sign === '-' ? 'removed' : 'same'
      hunk.lines.push({
        ...line,
        textFrom: Math.min(line.to, line.from + 1),
        kind,
        old: kind === 'added' ? undefined : oldLine,
        new: kind === 'removed' ? undefined : newLine,
      })
      if (kind !== 'added') {
        oldLine += 1
        oldLeft -= 1
      }
      if (kind !== 'removed') {
        newLine += 1
        newLeft -= 1
      }
      continue
    }
    if (sign === '\\' && hunk) {
      hunk.lines.push({ ...line, textFrom: line.from, kind: 'note', old: undefined, new: undefined })
      continue
    }
    const match = HUNK.exec(text)
    if (match) {
      oldLine = Number(match[1])
      oldLeft = Number(match[2] ?? 1)
      newLine = Number(match[3])
      newLeft = Number(match[4] ?? 1)
      if (!file) {
        file = { name: named, hunks: [] }
        files.push(file)
      }
      hunk = { header: line, where: text, lines: [] }
      file.hunks.push(hunk)
      continue
    }
    hunk = null
    if (/^(diff |Index: |--- )/.test(text) && file && file.hunks.length > 0) file = null
    const [, old] = /^--- (?:a\/)?([^\t]+)/.exec(text) ?? []
    const [, fresh] = /^\+\+\+ (?:b\/)?([^\t]+)/.exec(text) ?? []
    if (old) named = old
    if (fresh && fresh !== '/dev/null') named = fresh
  }
  return files.length > 0 ? files : null
}

/** Lines of a hunk side by side: a removed line beside the added one that stands in its place. */
export function sideBySide(lines: readonly DiffLine[]): { left?: DiffLine; right?: DiffLine }[] {
  const pairs: { left?: DiffLine; right?: DiffLine }[] = []
  let removed: DiffLine[] = []
  let added: DiffLine[] = []
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index++) {
      const [left, right] = [removed[index], added[index]]
      pairs.push({ ...(left && { left }), ...(right && { right }) })
    }
    removed = []
    added = []
  }
  for (const line of lines) {
    if (line.kind === 'removed') {
      if (added.length > 0) flush()
      removed.push(line)
    } else if (line.kind === 'added') added.push(line)
    else {
      flush()
      pairs.push({ left: line, right: line })
    }
  }
  flush()
  return pairs
}

/** Unchanged lines that stay in view before and after a change. */
const AROUND = 3
/** Fewer than this are not worth folding. */
const LEAST_FOLDED = 6

/** Runs of unchanged lines that are folded away: index of the first one and one past the last. */
export function foldsOf(lines: readonly { kind: string }[]): { from: number; to: number }[] {
  const folds: { from: number; to: number }[] = []
  for (let at = 0; at < lines.length; ) {
    let end = at
    while (end < lines.length && lines[end]?.kind === 'same') end += 1
    if (end > at) {
      const from = at === 0 ? 0 : at + AROUND
      const to = end === lines.length ? end : end - AROUND
      if (to - from >= LEAST_FOLDED && !(at === 0 && end === lines.length)) folds.push({ from, to })
    }
    at = Math.max(end, at + 1)
  }
  return folds
}

const languages: Record<string, string> = {
  cc: 'cpp',
  h: 'c',
  hpp: 'cpp',
  htm: 'html',
  mts: 'ts',
  cts: 'ts',
  cjs: 'js',
}

/** The language of a file by its name, as people write it after a fence. */
export function languageOfFile(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1).toLowerCase()
  if (base === 'dockerfile') return 'dockerfile'
  const end = base.includes('.') ? base.slice(base.lastIndexOf('.') + 1) : ''
  return languages[end] ?? end
}
