import { useLayoutEffect, useState } from 'react'
import { type Shortcut, useShortcuts } from '../../../ui/keys/shortcuts.ts'

/**
 * Shortcuts of an editor inside the workbench. They go before the workbench's own (`J`, `K`): of two shortcuts with the same key the one
 * that was registered later wins, and on the first draw a child registers before its parent; so these wait for the second.
 */
export function useEditorKeys(shortcuts: Shortcut[]): void {
  const [drawn, setDrawn] = useState(false)
  // Before the paint: whoever sees the editor may press a key at once.
  useLayoutEffect(() => setDrawn(true), [])
  useShortcuts(drawn ? shortcuts : [])
}
