import { useId, useLayoutEffect } from 'react'
import { createStore, useStore } from '../../../../ui/store.ts'

/** The editors on the page that mark in the texts, and the one of them that was used last. */
const editors = createStore<{ ids: readonly string[]; last: string | null }>({ ids: [], last: null })

/**
 * Whether this editor is the one that marks: of several on a page only one can hear what is selected and paint. It is the one that was
 * the active question last, before that the first.
 */
export function useLeads(active: boolean): boolean {
  const id = useId()
  const { ids, last } = useStore(editors)
  useLayoutEffect(() => {
    const { ids, last } = editors.get()
    editors.set({ ids: [...ids, id], last })
    return () => {
      const { ids, last } = editors.get()
      editors.set({ ids: ids.filter((each) => each !== id), last })
    }
  }, [id])
  useLayoutEffect(() => {
    if (active) editors.set({ ...editors.get(), last: id })
  }, [active, id])
  return (last !== null && ids.includes(last) ? last : ids[0]) === id
}
