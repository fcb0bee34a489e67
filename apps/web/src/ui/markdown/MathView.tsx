import { useEffect, useRef, useState } from 'react'

type Katex = typeof import('katex').default
let katex: Katex | null = null
let loading: Promise<Katex> | null = null

/** KaTeX and its fonts come with the first formula, not with the page. */
function loadKatex(): Promise<Katex> {
  loading ??= Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(([module]) => {
    katex = module.default
    return katex
  })
  return loading
}

/** A longer formula is shown as it was written. */
const MAX_TEX = 5_000

/**
 * A formula. `trust` is off and the size of what it may expand to is bounded, so that it can neither link, load, style the page nor
 * hang it. A formula that does not parse is shown as it was written, with the fault marked.
 */
export function MathView({ tex, display = false }: { tex: string; display?: boolean }) {
  const place = useRef<HTMLSpanElement>(null)
  const [ready, setReady] = useState(katex !== null)
  const tooLong = tex.length > MAX_TEX
  useEffect(() => {
    if (!ready && !tooLong) void loadKatex().then(() => setReady(true))
  }, [ready, tooLong])
  useEffect(() => {
    if (!ready || tooLong || !katex || !place.current) return
    katex.render(tex, place.current, {
      displayMode: display,
      throwOnError: false,
      trust: false,
      strict: 'ignore',
      maxExpand: 500,
      maxSize: 20,
      errorColor: 'var(--worse)',
    })
  }, [tex, display, ready, tooLong])
  const className = display ? 'formula' : 'formula-inline'
  if (!ready || tooLong) return <code className={className}>{tex}</code>
  return <span ref={place} className={className} />
}
