import type { Project, UpdateProject } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { client } from '../../../api/client.ts'
import { fieldErrors } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { keepProject } from '../queries.ts'

/** Saves a part of the settings, with an undo that puts the values before it back. */
export function useSettings(project: Project) {
  const { t } = useTranslation('projects')
  const save = useMutation({
    mutationFn: ({ body }: { body: UpdateProject; undo?: UpdateProject }) =>
      client.updateProject({ params: { id: project.id }, body }),
    onSuccess: (changed, { undo }) => {
      keepProject(changed)
      showToast({
        text: t(undo ? 'settings.saved' : 'settings.restored'),
        ...(undo && { act: { label: t('acts.undo'), run: () => save.mutate({ body: undo }) } }),
      })
    },
  })
  return { save, errors: fieldErrors(save.error) }
}
