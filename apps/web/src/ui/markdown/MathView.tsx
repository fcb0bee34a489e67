import { useEffect, useRef, useState } from 'react'
import { visible } from './unseen.tsx'

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

/** And so is one that becomes elements nested more deeply: a browser's layout runs out of stack and takes the page with it. */
const MAX_DEPTH = 300

/**
 * A formula. `trust` is off and the size of what it may expand to is bounded, so that it can neither link, load, style the page nor
 * hang it. A formula that does not parse is shown as it was written, with the fault marked.
 */
export function MathView({ tex, display = false }: { tex: string; display?: boolean }) {
  const place = useRef<HTMLSpanElement>(null)
  const [ready, setReady] = useState(katex !== null)
  const [refused, setRefused] = useState('')
  const plain = tex.length > MAX_TEX || tex === refused
  useEffect(() => {
    if (!ready && !plain) void loadKatex().then(() => setReady(true))
  }, [ready, plain])
  useEffect(() => {
    if (!ready || plain || !katex || !place.current) return
    const drawn = draw(katex, tex, display)
    if (drawn) place.current.replaceChildren(...drawn.childNodes)
    else setRefused(tex)
  }, [tex, display, ready, plain])
  const className = display ? 'formula' : 'formula-inline'
  if (!ready || plain) return <code className={className}>{visible(tex)}</code>
  return <span ref={place} className={className} />
}

/** The formula, drawn outside of the page; null when it cannot be drawn there safely. */
function draw(by: Katex, tex: string, display: boolean): Element | null {
  const box = document.createElement('span')
  try {
    by.render(tex, box, {
      displayMode: display,
      throwOnError: false,
      trust: false,
      strict: 'ignore',
      maxExpand: 500,
      maxSize: 20,
      errorColor: 'var(--worse)',
    })
  } catch {
    // It is nested more deeply than the stack.
    return null
  }
  return isDeeper(box, MAX_DEPTH) ? null : box
}

function isDeeper(root: Element, limit: number): boolean {
  let level = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true
    level = level.flatMap((element) => [...element.children])
  }
  return false
}
