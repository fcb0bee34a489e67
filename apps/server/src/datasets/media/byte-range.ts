import type { ByteRange } from '../../platform/index.ts'

/**
 * What a `Range` header asks of a file: one part of it, all of it (`whole`, also for what is not understood), or nothing that it has.
 * Several ranges at once are answered with the whole, as RFC 9110 allows.
 */
export function readRange(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const asked = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '')
  if (!asked) return 'whole'
  const [, from = '', to = ''] = asked
  if (from === '') {
    const last = Number(to)
    if (to === '') return 'whole'
    return last === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - last), end: size - 1 }
  }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return 'whole'
  return start >= size ? 'unsatisfiable' : { start, end }
}

/** Whether one of the tags of `If-None-Match` is this one. */
export function matchesTag(header: string | undefined, tag: string): boolean {
  return (header ?? '')
    .split(',')
    .some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === tag)
}
