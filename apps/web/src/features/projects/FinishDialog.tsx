import type { Project } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { useTranslation } from '../../i18n/react.ts'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { formatMoney } from '../../ui/format.ts'
import { showToast } from '../../ui/toast-store.ts'
import { keepProject } from './queries.ts'

/** Closing a project cannot be taken back, so its name has to be typed. */
export function FinishDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation('projects')
  const { slots, money } = project.progress
  const finish = useMutation({
    mutationFn: () => client.finishProject({ params: { id: project.id } }),
    onSuccess: (finished) => {
      keepProject(finished)
      showToast({ text: t('finish.done') })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t('finish.title')}
      act={t('acts.finish')}
      typed={project.name}
      busy={finish.isPending}
      onConfirm={() => finish.mutate()}
    >
      <p>{t('finish.slots', { count: slots.open })}</p>
      <p>{t('finish.money', { free: formatMoney(money.free) })}</p>
      {slots.leased > 0 && <p>{t('finish.leased', { count: slots.leased })}</p>}
      {finish.error && (
        <p className="form-error" role="alert">
          {errorText(finish.error)}
        </p>
      )}
    </ConfirmDialog>
  )
}
