import type { Project } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../../../api/client.ts'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { GuidelineEditor } from '../GuidelineEditor.tsx'
import { refreshProject } from '../queries.ts'
import { useKeptText } from '../use-kept-text.ts'
import { BackLink } from './BackLink.tsx'
import { StepFoot } from './StepFoot.tsx'
import { useOnLeave } from './use-on-leave.ts'

/** The template's text is where one starts; what is typed stays in the browser until it is saved. */
export function GuidelineStep({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const navigate = useNavigate()
  const saved = project.guideline.markdown
  const text = useKeptText(`groundwork.guideline.${project.id}`, saved)
  const store = async () => {
    if (text.value !== saved) {
      await client.updateGuideline({ params: { id: project.id }, body: { markdown: text.value } })
      await refreshProject(project.id)
    }
    text.forget()
  }
  // Another way out than the button: what is launched must be what was written.
  const leave = useMutation({ mutationFn: store })
  const save = useMutation({
    mutationFn: store,
    onSuccess: () => navigate({ to: '/projects/new', search: { project: project.id, step: 'audience' } }),
  })
  const empty = text.value.trim() === ''
  useOnLeave(() => {
    if (text.value !== saved && !empty && !save.isPending) leave.mutate()
  })
  return (
    <div className="wizard-form">
      <h2 className="sr">{t('guideline.title')}</h2>
      <GuidelineEditor
        value={text.value}
        onChange={text.change}
        error={empty ? t('guideline.empty') : undefined}
      />
      {save.error && (
        <p className="form-error" role="alert">
          {errorText(save.error)}
        </p>
      )}
      <StepFoot
        back={<BackLink project={project.id} step="data" />}
        note={
          text.value !== saved && (
            <Button className="link" onClick={() => text.change(saved)}>
              {t('guideline.revert')}
            </Button>
          )
        }
      >
        <Button look="primary" disabled={empty} busy={save.isPending} onClick={() => save.mutate()}>
          {t('wizard.toAudience')}
        </Button>
      </StepFoot>
    </div>
  )
}
