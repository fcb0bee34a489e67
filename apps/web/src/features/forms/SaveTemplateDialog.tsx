import type { Form, Project, TemplateGroup } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { errorText, fieldErrors } from '../../api/error-text.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { SelectField, TextareaField, TextField } from '../../ui/Field.tsx'
import { showToast } from '../../ui/toast-store.ts'
import { keepTemplate } from './queries.ts'
import { templateGroups } from './template-groups.ts'

/** Keeps a project's form and guideline as a template of its team. */
export function SaveTemplateDialog({
  project,
  form,
  onClose,
}: {
  project: Project
  form: Form
  onClose: () => void
}) {
  const { t } = useTranslation(['forms', 'common'])
  const [name, setName] = useState(project.name)
  const [description, setDescription] = useState(project.description)
  const [group, setGroup] = useState<TemplateGroup>('grade')
  const save = useMutation({
    mutationFn: () =>
      client.createTemplate({
        body: {
          organizationId: project.organizationId,
          name: name.trim(),
          description: description.trim(),
          group,
          form,
          guideline: project.guideline.markdown,
          estimateSeconds: project.pay.estimateSeconds,
        },
      }),
    onSuccess: async (template) => {
      await keepTemplate(template)
      showToast({ text: t('template.saved') })
      onClose()
    },
  })
  const errors = fieldErrors(save.error)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('project.asTemplate')}
      foot={
        <>
          <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
          <Button
            look="primary"
            disabled={name.trim() === ''}
            busy={save.isPending}
            onClick={() => save.mutate()}
          >
            {t('template.save')}
          </Button>
        </>
      }
    >
      <div className="form-fields">
        <TextField
          label={t('template.name')}
          maxLength={120}
          error={errors.name}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextareaField
          label={t('template.description')}
          optional
          rows={2}
          maxLength={2000}
          error={errors.description}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        <SelectField
          label={t('template.group')}
          value={group}
          onChange={(event) => setGroup(event.target.value as TemplateGroup)}
        >
          {templateGroups.map((each) => (
            <option key={each} value={each}>
              {t(`gallery.groups.${each}`)}
            </option>
          ))}
        </SelectField>
        {save.error && Object.keys(errors).length === 0 && (
          <p className="form-error" role="alert">
            {errorText(save.error)}
          </p>
        )}
      </div>
    </Dialog>
  )
}
