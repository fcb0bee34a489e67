import { useTranslation } from '../../i18n/react.ts'
import { bindings, boundKey, keyName } from '../../ui/keys/bindings.ts'
import { useCommands } from '../../ui/palette/commands.ts'
import { useStore } from '../../ui/store.ts'
import { layouts } from '../../ui/task/layout.ts'
import { chosenLayout } from '../../ui/task/use-layout.ts'
import type { ResponsesView } from '../../ui/task/use-responses.ts'
import { canSpeak, speech } from './desk/speech.ts'
import type { TaskAct } from './use-task-acts.ts'

/** Everything that can be done to a task, in the command palette. */
export function TaskCommands({
  keyed,
  acts,
  view,
  responses,
}: {
  keyed: readonly TaskAct[]
  acts: { keys: () => void; recent: () => void }
  view: ResponsesView
  responses: number
}) {
  const { t } = useTranslation('notices')
  const bound = useStore(bindings)
  const aloud = () => speech.set({ ...speech.get(), on: !speech.get().on })
  useCommands([
    ...keyed
      .filter(({ id }) => id !== 'submit-typing' && id !== 'find-typing')
      .map(({ id, keys, label, run }) => {
        const key = boundKey(bound, id, String(keys))
        return { id, label, run: () => void run(''), ...(key !== '' && { keys: keyName(key) }) }
      }),
    ...(responses > 1
      ? layouts.map((layout) => ({
          id: `layout ${layout}`,
          label: t(`commands.layouts.${layout}`),
          run: () => chosenLayout.set(layout),
        }))
      : []),
    {
      id: 'expand',
      label: t(view.expanded ? 'commands.fold' : 'commands.expand'),
      run: () => view.setExpanded(!view.expanded),
    },
    ...(canSpeak() ? [{ id: 'aloud', label: t('commands.aloud'), run: aloud }] : []),
    { id: 'recent', label: t('commands.recent'), run: acts.recent },
    { id: 'change-keys', label: t('commands.changeKeys'), run: acts.keys },
  ])
  return null
}
