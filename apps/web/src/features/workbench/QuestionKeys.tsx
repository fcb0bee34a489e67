import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { isTextField } from '../../ui/keys/key-match.ts'
import { useShortcuts } from '../../ui/keys/shortcuts.ts'
import { goTo } from './active-question.ts'
import { hasOwnArrows } from './arrows.ts'
import type { Place } from './places.ts'

/**
 * Moves between the questions: Alt with an arrow from anywhere, the arrow alone where it means nothing else; Escape leaves a field, and H
 * opens the help of the active question.
 */
export function QuestionKeys({
  taskId,
  places,
  active,
}: {
  taskId: string
  places: readonly Place[]
  active: Place | undefined
}) {
  const { t } = useTranslation('workbench')
  const step = (by: 1 | -1) => {
    const at = places.findIndex((place) => place.id === active?.id)
    const next = places[Math.min(Math.max(at + by, 0), places.length - 1)]
    if (next) goTo(taskId, next.id)
  }
  const latest = useRef(step)
  latest.current = step
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey)
        return
      const { target, key, altKey } = event
      if (key === 'Escape' && isTextField(target)) {
        const place = (target as HTMLElement).closest<HTMLElement>('[data-place]')
        place?.focus({ preventScroll: true })
        return
      }
      if (key !== 'ArrowUp' && key !== 'ArrowDown') return
      if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return
      if (!altKey && hasOwnArrows(target)) return
      event.preventDefault()
      latest.current(key === 'ArrowDown' ? 1 : -1)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const help = active?.question.help
  useShortcuts([
    ...(help
      ? [
          {
            keys: 'h',
            label: t('shortcuts.help'),
            group: 'answers' as const,
            run: () => document.querySelector<HTMLElement>(`[data-help="${active?.question.id}"]`)?.click(),
          },
        ]
      : []),
  ])
  return null
}
