import type { Project, Template } from '@groundwork/contract'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Fragment, useRef, useState } from 'react'
import { client } from '../../../api/client.ts'
import { errorText, fieldErrors } from '../../../api/error-text.ts'
import { useOrganization } from '../../../api/session.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextareaField, TextField } from '../../../ui/Field.tsx'
import { TemplatePicture } from '../../../ui/TemplatePicture.tsx'
import { keepProject, templatesQuery } from '../queries.ts'
import { useKeptText } from '../use-kept-text.ts'
import { StepFoot } from './StepFoot.tsx'
import { useOnLeave } from './use-on-leave.ts'

/** What is asked, and what the project is called. The draft comes to be when one goes on. */
/** @param wanted the template that was chosen in the gallery */
export function TemplateStep({ project, wanted }: { project?: Project; wanted?: string | undefined }) {
  const { t } = useTranslation('projects')
  const navigate = useNavigate()
  const { current } = useOrganization()
  const { items: templates } = useSuspenseQuery(templatesQuery).data
  const [template, setTemplate] = useState(project?.template ?? wanted ?? templates[0]?.id ?? '')
  const kinds = byKind(project ? templates.filter((each) => each.id === project.template) : templates)
  const draft = project?.id ?? 'new'
  const name = useKeptText(`groundwork.project-name.${draft}`, project?.name ?? '')
  const description = useKeptText(`groundwork.project-description.${draft}`, project?.description ?? '')
  const [tried, setTried] = useState(false)
  const attempt = useRef<{ body: string; key: string } | null>(null)
  const forget = () => {
    name.forget()
    description.forget()
  }
  const save = useMutation({
    mutationFn: () => {
      const settings = { name: name.value.trim(), description: description.value.trim() }
      if (project) return client.updateProject({ params: { id: project.id }, body: settings })
      const chosen = templates.find((each) => each.id === template)
      const body = {
        ...settings,
        template,
        ...(current && { organizationId: current.organization.id }),
        pay: { currency: 'USD' as const, hourly: '30.00', estimateSeconds: chosen?.estimateSeconds ?? 180 },
      }
      // The same try again, after a broken connection, must not make a second draft.
      const text = JSON.stringify(body)
      if (attempt.current?.body !== text) attempt.current = { body: text, key: crypto.randomUUID() }
      return client.createProject({ body, idempotencyKey: attempt.current.key })
    },
    onSuccess: (saved) => {
      forget()
      keepProject(saved)
      void navigate({ to: '/projects/new', search: { project: saved.id, step: 'data' } })
    },
  })
  // A draft takes new names along by any way out of the step.
  const leave = useMutation({
    mutationFn: (id: string) =>
      client.updateProject({
        params: { id },
        body: { name: name.value.trim(), description: description.value.trim() },
      }),
    onSuccess: (saved) => {
      forget()
      keepProject(saved)
    },
  })
  const changed = name.value !== project?.name || description.value !== project?.description
  useOnLeave(() => {
    if (project && changed && !unnamed && !save.isPending) leave.mutate(project.id)
  })
  const errors = fieldErrors(save.error)
  const unnamed = name.value.trim() === ''
  const nameError = tried && unnamed ? t('wizard.nameMissing') : errors.name
  return (
    <form
      className="wizard-form"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!unnamed && !save.isPending) save.mutate()
      }}
    >
      <fieldset className="templates" disabled={project !== undefined}>
        <legend className="label">{t('wizard.template')}</legend>
        {kinds.map(({ kind, members }) => (
          <Fragment key={kind}>
            <p className="templates-kind">{t(`wizard.kinds.${kind}`)}</p>
            {members.map((each) => (
              <label key={each.id} className="template">
                <input
                  type="radio"
                  name="template"
                  checked={each.id === template}
                  onChange={() => setTemplate(each.id)}
                />
                <TemplatePicture id={each.id} form={each.form} />
                <span className="strong">{each.name}</span>
                <span className="hint">{each.description}</span>
              </label>
            ))}
          </Fragment>
        ))}
      </fieldset>
      <p className="hint">
        {project ? t('wizard.templateFixed') : t('wizard.templateOwn')}{' '}
        {project ? (
          <Link to="/projects/$projectId/form" params={{ projectId: project.id }}>
            {t('wizard.editForm')}
          </Link>
        ) : (
          <Link to="/templates/$templateId" params={{ templateId: 'new' }}>
            {t('wizard.buildForm')}
          </Link>
        )}
      </p>
      <div className="wizard-names">
        <TextField
          label={t('wizard.name')}
          hint={t('wizard.nameHint')}
          error={nameError}
          maxLength={120}
          value={name.value}
          autoComplete="off"
          onChange={(event) => name.change(event.target.value)}
        />
        <TextareaField
          label={t('wizard.description')}
          hint={t('wizard.descriptionHint')}
          error={errors.description}
          optional
          rows={2}
          maxLength={2000}
          value={description.value}
          onChange={(event) => description.change(event.target.value)}
        />
      </div>
      {save.error && Object.keys(errors).length === 0 && (
        <p className="form-error" role="alert">
          {errorText(save.error)}
        </p>
      )}
      <StepFoot>
        <Button type="submit" look="primary" busy={save.isPending}>
          {t('wizard.toData')}
        </Button>
      </StepFoot>
    </form>
  )
}

/** Templates under the headings of the gallery; those of the team come last, under their own. */
function byKind(templates: readonly Template[]) {
  return (['compare', 'grade', 'write', 'check', 'label', 'own'] as const)
    .map((kind) => ({
      kind,
      members: templates.filter((each) => (each.organizationId === null ? each.group : 'own') === kind),
    }))
    .filter(({ members }) => members.length > 0)
}
