import { useTranslation } from '../../i18n/react.ts'
import { type Shortcut, useShortcuts } from '../../ui/keys/shortcuts.ts'
import { typeAhead } from '../../ui/keys/type-ahead.ts'
import type { ResponsesView } from '../../ui/task/use-responses.ts'
import { openNotes, togglePanel } from './desk/panel.ts'
import { zoom } from './desk/reading.ts'

export type TaskActs = {
  submit: () => void
  /** Takes the last submission back; false when there is none to take back. */
  undo: () => boolean
  skip: () => void
  flag: () => void
  keys: () => void
  recent: () => void
}

export type TaskAct = Omit<Shortcut, 'group'> & { id: string }

/** Everything that can be done to a task by key; `TaskCommands` puts it into the command palette, too. */
export function useTaskActs(acts: TaskActs, view: ResponsesView, responses: number): TaskAct[] {
  const { t } = useTranslation(['workbench', 'common'])
  const find = () => {
    // A second Ctrl+F is the browser's own.
    if (document.activeElement?.closest('.find-bar')) return false
    typeAhead(() => view.find(null))
    view.find(null)
    queueMicrotask(() => view.find('all'))
  }
  const keyed: TaskAct[] = [
    { id: 'submit', keys: 'Enter', label: t('shortcuts.submit'), run: acts.submit },
    {
      id: 'submit-typing',
      keys: 'Ctrl+Enter',
      label: t('shortcuts.submitTyping'),
      whileTyping: true,
      run: acts.submit,
    },
    { id: 'undo-submit', keys: 'Ctrl+z', label: t('shortcuts.undoSubmit'), run: acts.undo },
    { id: 'skip', keys: 's', label: t('shortcuts.skip'), run: acts.skip },
    { id: 'flag', keys: 'f', label: t('shortcuts.flag'), run: acts.flag },
    { id: 'guideline', keys: 'g', label: t('shortcuts.guideline'), run: () => togglePanel('guideline') },
    { id: 'notes', keys: 'p', label: t('shortcuts.notes'), run: openNotes },
    { id: 'find', keys: '/', label: t('shortcuts.find'), run: find },
    { id: 'find-typing', keys: 'Ctrl+f', label: t('shortcuts.findTyping'), whileTyping: true, run: find },
    { id: 'down', keys: 'j', label: t('shortcuts.down'), run: () => view.scroll(0.25) },
    { id: 'up', keys: 'k', label: t('shortcuts.up'), run: () => view.scroll(-0.25) },
    ...(responses > 1
      ? [
          { id: 'previous', keys: '[', label: t('shortcuts.previous'), run: () => view.step(-1, responses) },
          { id: 'next', keys: ']', label: t('shortcuts.next'), run: () => view.step(1, responses) },
          { id: 'diff', keys: 'w', label: t('common:task.wordDiff'), run: view.toggleDiff },
          { id: 'sync', keys: 'l', label: t('common:task.syncedScroll'), run: view.toggleSynced },
        ]
      : []),
    { id: 'larger', keys: '+', label: t('shortcuts.larger'), run: () => zoom(1) },
    { id: 'smaller', keys: '-', label: t('shortcuts.smaller'), run: () => zoom(-1) },
  ]
  useShortcuts(keyed.map((each) => ({ ...each, group: 'workbench' })))
  return keyed
}
