import type { Project } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { queryClient } from '../../api/query-client.ts'
import { useTranslation } from '../../i18n/react.ts'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { formatMoney, formatNumber } from '../../ui/format.ts'
import { showToast } from '../../ui/toast-store.ts'
import { isZero } from './pricing.ts'

/** A draft that is deleted is gone, so its name has to be typed. */
export function DeleteDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation('projects')
  const navigate = useNavigate()
  const { tasks, money } = project.progress
  const remove = useMutation({
    mutationFn: () => client.deleteProject({ params: { id: project.id } }),
    onSuccess: async () => {
      await navigate({ to: '/projects' })
      queryClient.removeQueries({ queryKey: ['projects', project.id] })
      await queryClient.invalidateQueries({ queryKey: ['projects'] })
      showToast({ text: t('delete.done', { name: project.name }) })
    },
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t('delete.title')}
      act={t('delete.act')}
      typed={project.name}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      <p>{t('delete.tasks', { count: tasks, number: formatNumber(tasks) })}</p>
      {!isZero(money.free) && <p>{t('delete.money', { free: formatMoney(money.free) })}</p>}
      {remove.error && (
        <p className="form-error" role="alert">
          {errorText(remove.error)}
        </p>
      )}
    </ConfirmDialog>
  )
}
