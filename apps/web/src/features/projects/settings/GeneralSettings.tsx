import type { Project } from '@groundwork/contract'
import { useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { TextareaField, TextField } from '../../../ui/Field.tsx'
import { Part } from '../../../ui/Part.tsx'
import { SaveBar } from './SaveBar.tsx'
import { useSettings } from './use-settings.ts'

export function GeneralSettings({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const saved = { name: project.name, description: project.description }
  const [typed, setTyped] = useState<typeof saved | null>(null)
  const value = typed ?? saved
  const { save, errors } = useSettings(project)
  const changed = value.name !== saved.name || value.description !== saved.description
  const missing = value.name.trim() === ''
  return (
    <Part title={t('settings.general')} about={t('settings.generalHint')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          const body = { name: value.name.trim(), description: value.description.trim() }
          if (!missing) save.mutate({ body, undo: saved }, { onSuccess: () => setTyped(null) })
        }}
      >
        <TextField
          label={t('wizard.name')}
          value={value.name}
          maxLength={120}
          error={missing ? t('wizard.nameMissing') : errors.name}
          onChange={(event) => setTyped({ ...value, name: event.target.value })}
        />
        <TextareaField
          label={t('wizard.description')}
          optional
          rows={3}
          maxLength={2000}
          value={value.description}
          error={errors.description}
          onChange={(event) => setTyped({ ...value, description: event.target.value })}
        />
        <SaveBar
          changed={changed}
          valid={!missing}
          busy={save.isPending}
          error={Object.keys(errors).length === 0 ? save.error : null}
          onRevert={() => setTyped(null)}
        />
      </form>
    </Part>
  )
}
