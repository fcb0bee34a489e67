import type { FlatNamespace, TFunction } from 'i18next'
import { cloneElement, type ReactElement, type ReactNode, use, useMemo } from 'react'
import { i18n } from './index.ts'

type Namespaces = FlatNamespace | readonly [FlatNamespace, ...FlatNamespace[]]

/** What is loading, so that a page that waits asks for it once. */
const waiting = new Map<string, Promise<void>>()

/**
 * The texts of one or several catalogues, `common` when none is named; the page waits for those that are not loaded yet. Keys are
 * checked by the types of i18next.
 */
export function useTranslation<const N extends Namespaces = 'common'>(namespaces?: N): { t: TFunction<N> } {
  const key =
    namespaces === undefined ? 'common' : typeof namespaces === 'string' ? namespaces : namespaces.join()
  const names = useMemo(() => key.split(','), [key])
  // Once waited for, it stays the promise that is asked: React wants the same `use` when it goes on where it had to wait.
  let loading = waiting.get(key)
  if (!loading && !names.every((name) => i18n.has(name))) {
    loading = i18n.loadNamespaces(names)
    waiting.set(key, loading)
  }
  if (loading) use(loading)
  const t = useMemo(() => i18n.of(names) as unknown as TFunction<N>, [names])
  return { t }
}

/** A text with elements in it: `<name>…</name>` becomes the element of that name around what stands between. */
export function withElements(text: string, elements: Readonly<Record<string, ReactElement>>): ReactNode[] {
  return text.split(/(<\w+>[^<]*<\/\w+>)/).map((piece, index) => {
    const [, name = '', inner] = /^<(\w+)>([^<]*)<\/\1>$/.exec(piece) ?? []
    const element = elements[name]
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text do not move.
    return element ? cloneElement(element, { key: index }, inner) : piece
  })
}
