import type { Option } from '@groundwork/contract'
import { useMemo } from 'react'
import { useEditorKeys } from '../use-editor-keys.ts'
import { optionKeys } from './option-keys.ts'

const none: ReadonlyMap<string, string> = new Map()

/** Keys that choose options while `on`; none where the options are searched. */
export function useOptionKeys(
  options: readonly Option[],
  { searched, on }: { searched: boolean; on: boolean },
  choose: (value: string) => void,
): ReadonlyMap<string, string> {
  const keys = useMemo(() => (searched ? none : optionKeys(options)), [options, searched])
  // Before the workbench's own: a form may give an option a key that it has.
  useEditorKeys(
    on
      ? options.flatMap(({ value, label }) => {
          const key = keys.get(value)
          return key ? [{ keys: key, label, group: 'answers' as const, run: () => choose(value) }] : []
        })
      : [],
  )
  return keys
}
