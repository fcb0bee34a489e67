import type { TaskRow } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/Dialog.tsx'
import { formatNumber } from '../../../ui/format.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { refreshProject } from '../queries.ts'

/** Rows of the list that a person has selected. */
export type Selection = {
  ids: string[]
  has: (id: string) => boolean
  change: (ids: string[], selected: boolean) => void
  clear: () => void
}

/** @param shown ids of the rows in the list; what is no longer there is not selected */
export function useSelection(shown: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  return {
    ids: shown.filter((id) => chosen.has(id)),
    has: (id) => chosen.has(id),
    change: (ids, selected) =>
      setChosen((now) => new Set(selected ? [...now, ...ids] : [...now].filter((id) => !ids.includes(id)))),
    clear: () => setChosen(new Set()),
  }
}

export function SelectAll({ tasks, selection }: { tasks: TaskRow[]; selection: Selection }) {
  const { t } = useTranslation('projects')
  const some = selection.ids.length > 0
  const all = selection.ids.length === tasks.length
  return (
    <input
      type="checkbox"
      aria-label={t('tasks.selectAll')}
      checked={all}
      ref={(box) => {
        if (box) box.indeterminate = some && !all
      }}
      onChange={() =>
        selection.change(
          tasks.map(({ id }) => id),
          !all,
        )
      }
    />
  )
}

/** So many ids go in one request. */
const AT_ONCE = 500

/** What can be done with the selected tasks of a draft. */
export function SelectedTasks({ projectId, selection }: { projectId: string; selection: Selection }) {
  const { t } = useTranslation('projects')
  const [asking, setAsking] = useState(false)
  const count = selection.ids.length
  const number = formatNumber(count)
  const remove = useMutation({
    mutationFn: async () => {
      let deleted = 0
      for (let from = 0; from < count; from += AT_ONCE) {
        const taskIds = selection.ids.slice(from, from + AT_ONCE)
        deleted += (await client.deleteTasks({ params: { id: projectId }, body: { taskIds } })).deleted
      }
      return deleted
    },
    onSuccess: (deleted) => {
      setAsking(false)
      selection.clear()
      showToast({ text: t('tasks.deleted', { count: deleted, number: formatNumber(deleted) }) })
    },
    onSettled: () => refreshProject(projectId),
  })
  if (count === 0) return null
  return (
    <div className="tasks-selected">
      <p className="num" role="status">
        {t('tasks.selected', { count, number })}
      </p>
      <Button onClick={selection.clear}>{t('tasks.unselect')}</Button>
      <Button look="danger" onClick={() => setAsking(true)}>
        {t('tasks.delete')}
      </Button>
      {asking && (
        <ConfirmDialog
          open
          onClose={() => setAsking(false)}
          title={t('tasks.deleteTitle', { count, number })}
          act={t('tasks.deleteAct', { count })}
          busy={remove.isPending}
          onConfirm={() => remove.mutate()}
        >
          <p>{t('tasks.deleteHint')}</p>
          {remove.error && (
            <p className="form-error" role="alert">
              {errorText(remove.error)}
            </p>
          )}
        </ConfirmDialog>
      )}
    </div>
  )
}
