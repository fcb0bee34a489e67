import type { Template, TemplateGroup } from '@groundwork/contract'
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { type ComponentType, useState } from 'react'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { queryClient } from '../../api/query-client.ts'
import { useHasRole, useOrganization } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { SelectField, TextareaField, TextField } from '../../ui/Field.tsx'
import { NoSuch } from '../../ui/NoSuch.tsx'
import { showToast } from '../../ui/toast-store.ts'
import { useTitle } from '../../ui/use-title.ts'
import { FormEditor, type PreviewProps } from './FormEditor.tsx'
import { type DraftForm, emptyDraft, faultsOf, formOfDraft } from './form-draft.ts'
import { keepTemplate, samplesQuery, templatesQuery } from './queries.ts'
import { templateGroups } from './template-groups.ts'
import { useKeptDraft } from './use-kept-draft.ts'

type Settings = {
  name: string
  description: string
  group: TemplateGroup
  estimateSeconds: number
  guideline: string
}

/**
 * A template: one of the team's own to change, one of Groundwork's to start an own one from, or a new one.
 * @param templateId `new`, or the template's id
 */
export function TemplatePage({
  templateId,
  Preview,
}: {
  templateId: string
  Preview: ComponentType<PreviewProps>
}) {
  const { items } = useSuspenseQuery(templatesQuery).data
  const template = items.find((each) => each.id === templateId)
  if (!template && templateId !== 'new') return <NoTemplate />
  return <TemplateEditor key={templateId} template={template} Preview={Preview} />
}

function NoTemplate() {
  const { t } = useTranslation()
  useTitle(t('noSuch.template'))
  return (
    <NoSuch
      noun="template"
      act={
        <Link to="/templates" className="btn">
          {t('noSuch.templates')}
        </Link>
      }
    />
  )
}

function TemplateEditor({
  template,
  Preview,
}: {
  template: Template | undefined
  Preview: ComponentType<PreviewProps>
}) {
  const { t } = useTranslation(['forms', 'common'])
  const navigate = useNavigate()
  const { current } = useOrganization()
  const own = template?.organizationId !== undefined && template.organizationId !== null
  const mayManage = useHasRole('manager', template?.organizationId ?? undefined)
  const samples = useQuery({ ...samplesQuery(template?.id ?? ''), enabled: template !== undefined })
  const saved = (template?.form as unknown as DraftForm | undefined) ?? emptyDraft()
  const kept = useKeptDraft(`groundwork.template.${template?.id ?? 'new'}`, saved)
  const [settings, setSettings] = useState<Settings>({
    name: template ? (own ? template.name : t('template.copyOf', { name: template.name })) : '',
    description: template?.description ?? '',
    group: template?.group ?? 'grade',
    estimateSeconds: template?.estimateSeconds ?? 180,
    guideline: template?.guideline ?? '',
  })
  const [deleting, setDeleting] = useState(false)
  const faults = faultsOf(kept.draft)
  useTitle(template ? t('template.titled', { name: template.name }) : t('template.new'))
  const save = useMutation({
    mutationFn: () => {
      const body = { ...settings, name: settings.name.trim(), form: formOfDraft(kept.draft) }
      return own && template
        ? client.updateTemplate({ params: { id: template.id }, body })
        : client.createTemplate({
            body: { ...body, ...(current && { organizationId: current.organization.id }) },
          })
    },
    onSuccess: async (result) => {
      kept.forget(result.form as unknown as DraftForm)
      await keepTemplate(result)
      showToast({ text: t('template.saved') })
      if (result.id !== template?.id) {
        await navigate({ to: '/templates/$templateId', params: { templateId: result.id }, replace: true })
      }
    },
  })
  const remove = useMutation({
    mutationFn: (id: string) => client.deleteTemplate({ params: { id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['templates'] })
      showToast({ text: t('template.deleted') })
      await navigate({ to: '/templates' })
    },
  })
  const unnamed = settings.name.trim() === ''
  const set = <K extends keyof Settings>(name: K, value: Settings[K]) =>
    setSettings({ ...settings, [name]: value })
  return (
    <>
      <div className="page-head">
        <Link className="btn quiet s" to="/templates">
          <ChevronLeft className="icon" />
          {t('gallery.title')}
        </Link>
        <h1>{template?.name ?? t('template.new')}</h1>
        <span className="form-head-acts">
          {own && mayManage && (
            <Button look="quiet" onClick={() => setDeleting(true)}>
              {t('template.delete')}
            </Button>
          )}
          {mayManage && (
            <Button
              look="primary"
              disabled={faults.length > 0 || unnamed}
              busy={save.isPending}
              onClick={() => save.mutate()}
            >
              {t('template.save')}
            </Button>
          )}
        </span>
      </div>
      {template && !own && <p className="hint form-note">{t('template.builtIn')}</p>}
      {save.error && (
        <p className="form-error" role="alert">
          {errorText(save.error)}
        </p>
      )}
      <details className="form-more" open={template === undefined}>
        <summary>{t('template.settings')}</summary>
        <div className="form-settings">
          <TextField
            label={t('template.name')}
            maxLength={120}
            error={unnamed && kept.changed ? t('template.nameMissing') : undefined}
            value={settings.name}
            onChange={(event) => set('name', event.target.value)}
          />
          <TextareaField
            label={t('template.description')}
            optional
            rows={2}
            maxLength={2000}
            value={settings.description}
            onChange={(event) => set('description', event.target.value)}
          />
          <SelectField
            label={t('template.group')}
            value={settings.group}
            onChange={(event) => set('group', event.target.value as TemplateGroup)}
          >
            {templateGroups.map((each) => (
              <option key={each} value={each}>
                {t(`gallery.groups.${each}`)}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t('template.estimate')}
            type="number"
            min={5}
            max={21600}
            value={settings.estimateSeconds}
            onChange={(event) => set('estimateSeconds', Number(event.target.value))}
          />
        </div>
      </details>
      <details className="form-more">
        <summary>{t('template.guideline')}</summary>
        <TextareaField
          label={t('template.guideline')}
          rows={12}
          value={settings.guideline}
          onChange={(event) => set('guideline', event.target.value)}
        />
      </details>
      <FormEditor
        name={settings.name}
        draft={kept.draft}
        onChange={kept.change}
        samples={samples.data?.items.map(({ task }) => task) ?? []}
        Preview={Preview}
      />
      {deleting && template && (
        <ConfirmDialog
          open
          onClose={() => setDeleting(false)}
          title={t('template.deleteAsk')}
          act={t('template.delete')}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(template.id)}
        >
          <p>{t('template.deleteHint')}</p>
        </ConfirmDialog>
      )}
    </>
  )
}
