import type { Page } from 'playwright-core'

/** What says how late it is, and what it says in a picture. */
const FIXED: readonly (readonly [selector: string, text: string])[] = [
  // The clock of active time, and the time that is left.
  ['.wb-facts > div:nth-child(2) > dd', '1:35'],
  ['.wb-facts > div:last-child > dd', '29 min'],
  ['.saved', 'Draft saved just now'],
]

/**
 * Keeps a page as it looks at any time and on any machine: clocks stand still, and what the app's own fonts do not draw (signs, other
 * scripts), and a font of the machine would, is drawn as that many letters of the app's font. Lengths of texts stay, so that ranges do.
 * @returns puts the page back
 */
export async function holdSteady(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(`(${IN_PAGE})(${JSON.stringify(FIXED)})`)
  return () => page.evaluate('globalThis.__steady?.()')
}

/** As text: the page has no compiler, and the tests' types know no DOM. */
const IN_PAGE = `(fixed) => {
  const owned = new Map()
  const bounds = (face) => face.unicodeRange.split(',').map((part) => {
    const [from, to = from] = part.trim().slice(2).split('-')
    return [parseInt(from.replaceAll('?', '0'), 16), parseInt(to.replaceAll('?', 'F'), 16)]
  })
  const bare = (family) => family.trim().replace(/^["']|["']$/g, '')
  for (const face of document.fonts) {
    const family = bare(face.family)
    owned.set(family, [...(owned.get(family) ?? []), ...bounds(face)])
  }
  const known = new Map()
  const draws = (families, sign) => {
    const key = families + sign
    if (!known.has(key)) {
      const code = sign.codePointAt(0)
      known.set(key, families.split(',').some((family) =>
        owned.get(bare(family))?.some(([from, to]) => from <= code && code <= to)))
    }
    return known.get(key)
  }
  const own = (text, element) => {
    if (!/[^\\0-\\x7f]/.test(text)) return text
    const families = getComputedStyle(element).fontFamily
    return text.replace(/[^\\0-\\x7f]/gu, (sign) => (draws(families, sign) ? sign : 'o'.repeat(sign.length)))
  }
  const changed = new Map()
  const put = (node, field, text) => {
    if (node[field] === text) return
    changed.set(node, { field, before: node[field], text })
    node[field] = text
  }
  const hold = () => {
    for (const [selector, text] of fixed)
      for (const element of document.querySelectorAll(selector))
        for (const node of element.childNodes)
          if (node.nodeType === Node.TEXT_NODE && node.data.trim() !== '') put(node, 'data', text)
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) put(texts.currentNode, 'data', own(texts.currentNode.data, texts.currentNode.parentElement))
    for (const field of document.querySelectorAll('textarea, input:not([type=file])'))
      put(field, 'value', own(field.value, field))
  }
  const observer = new MutationObserver(hold)
  const observe = () => observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  hold()
  observe()
  globalThis.__steady = () => {
    observer.disconnect()
    for (const [node, { field, before, text }] of changed) if (node[field] === text) node[field] = before
    delete globalThis.__steady
  }
}`
