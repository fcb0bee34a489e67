import { useTranslation } from '../../i18n/react.ts'
import { bindings, boundKey, keyName } from '../../ui/keys/bindings.ts'
import { type Shortcut, useShortcuts } from '../../ui/keys/shortcuts.ts'
import { typeAhead } from '../../ui/keys/type-ahead.ts'
import { useCommands } from '../../ui/palette/commands.ts'
import { useStore } from '../../ui/store.ts'
import { layouts } from '../../ui/task/layout.ts'
import { chosenLayout } from '../../ui/task/use-layout.ts'
import type { ResponsesView } from '../../ui/task/use-responses.ts'
import { openNotes, togglePanel } from './desk/panel.ts'
import { zoom } from './desk/reading.ts'
import { canSpeak, speech } from './desk/speech.ts'

export type TaskActs = {
  submit: () => void
  /** Takes the last submission back; false when there is none to take back. */
  undo: () => boolean
  skip: () => void
  flag: () => void
  keys: () => void
  recent: () => void
}

/** Everything that can be done to a task, by key and in the command palette. */
export function useTaskActs(acts: TaskActs, view: ResponsesView, responses: number): void {
  const { t } = useTranslation('workbench')
  const bound = useStore(bindings)
  const find = () => {
    // A second Ctrl+F is the browser's own.
    if (document.activeElement?.closest('.find-bar')) return false
    typeAhead(() => view.find(null))
    view.find(null)
    queueMicrotask(() => view.find('all'))
  }
  const aloud = () => speech.set({ ...speech.get(), on: !speech.get().on })
  const keyed: (Omit<Shortcut, 'group'> & { id: string })[] = [
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
        ]
      : []),
    { id: 'larger', keys: '+', label: t('shortcuts.larger'), run: () => zoom(1) },
    { id: 'smaller', keys: '-', label: t('shortcuts.smaller'), run: () => zoom(-1) },
  ]
  useShortcuts(keyed.map((each) => ({ ...each, group: 'workbench' })))
  useCommands([
    ...keyed
      .filter(({ id }) => id !== 'submit-typing' && id !== 'find-typing')
      .map(({ id, keys, label, run }) => {
        const key = boundKey(bound, id, String(keys))
        return { id, label, run: () => void run(''), ...(key !== '' && { keys: keyName(key) }) }
      }),
    ...(responses > 1
      ? [
          { id: 'sync', label: t('shortcuts.sync'), run: view.toggleSynced },
          { id: 'diff', label: t('shortcuts.diff'), run: view.toggleDiff },
          ...layouts.map((layout) => ({
            id: `layout ${layout}`,
            label: t(`shortcuts.layouts.${layout}`),
            run: () => chosenLayout.set(layout),
          })),
        ]
      : []),
    {
      id: 'expand',
      label: t(view.expanded ? 'shortcuts.fold' : 'shortcuts.expand'),
      run: () => view.setExpanded(!view.expanded),
    },
    ...(canSpeak() ? [{ id: 'aloud', label: t('shortcuts.aloud'), run: aloud }] : []),
    { id: 'recent', label: t('shortcuts.recent'), run: acts.recent },
    { id: 'change-keys', label: t('shortcuts.changeKeys'), run: acts.keys },
  ])
}
