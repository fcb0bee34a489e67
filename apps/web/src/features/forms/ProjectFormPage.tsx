import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { type ComponentType, useState } from 'react'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { useFollowOrganization, useHasRole } from '../../api/session.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/bits.tsx'
import { showToast } from '../../ui/toast-store.ts'
import { useTitle } from '../../ui/use-title.ts'
import { FormEditor, type PreviewProps } from './FormEditor.tsx'
import { type DraftForm, faultsOf, formOfDraft } from './form-draft.ts'
import { firstTasksQuery, keepProject, projectQuery, samplesQuery } from './queries.ts'
import { SaveTemplateDialog } from './SaveTemplateDialog.tsx'
import { useKeptDraft } from './use-kept-draft.ts'

/** The form of a project, to be changed with its own first tasks beside it. */
export function ProjectFormPage({
  projectId,
  Preview,
}: {
  projectId: string
  Preview: ComponentType<PreviewProps>
}) {
  const { t } = useTranslation('forms')
  const { data: project } = useSuspenseQuery(projectQuery(projectId))
  const tasks = useQuery(firstTasksQuery(projectId))
  const template = useQuery({ ...samplesQuery(project.template), retry: false })
  const mayManage = useHasRole('manager', project.organizationId)
  const [asTemplate, setAsTemplate] = useState(false)
  const saved = project.form as unknown as DraftForm
  const kept = useKeptDraft(`groundwork.form.${projectId}`, saved)
  const faults = faultsOf(kept.draft)
  useFollowOrganization(project.organizationId)
  useTitle(t('titled', { name: project.name }))
  const save = useMutation({
    mutationFn: () =>
      client.updateProject({ params: { id: projectId }, body: { form: formOfDraft(kept.draft) } }),
    onSuccess: (changed) => {
      kept.forget(changed.form as unknown as DraftForm)
      keepProject(changed)
      showToast({ text: t(changed.state === 'draft' ? 'project.saved' : 'project.savedVersion') })
    },
  })
  if (!mayManage) return <Empty level={1} title={t('title')} />
  const own = tasks.data?.map((task) => task.payload) ?? []
  const samples = own.length > 0 ? own : (template.data?.items.map(({ task }) => task) ?? [])
  return (
    <>
      <div className="page-head">
        <Link
          className="btn quiet s"
          to={project.state === 'draft' ? '/projects/new' : '/projects/$projectId/settings'}
          params={{ projectId }}
          search={project.state === 'draft' ? { project: projectId, step: 'data' } : {}}
        >
          <ChevronLeft className="icon" />
          {project.name}
        </Link>
        <h1>{t('title')}</h1>
        <span className="form-head-acts">
          {kept.changed && (
            <Button look="quiet" onClick={() => kept.forget(saved)}>
              {t('project.discard')}
            </Button>
          )}
          <Button disabled={faults.length > 0} onClick={() => setAsTemplate(true)}>
            {t('project.asTemplate')}
          </Button>
          <Button
            look="primary"
            disabled={faults.length > 0 || !kept.changed || project.state === 'finished'}
            busy={save.isPending}
            onClick={() => save.mutate()}
          >
            {t('project.save')}
          </Button>
        </span>
      </div>
      {project.state === 'live' && <p className="hint form-note">{t('project.live')}</p>}
      {own.length === 0 && tasks.isSuccess && <p className="hint form-note">{t('project.noTasks')}</p>}
      {save.error && (
        <p className="form-error" role="alert">
          {errorText(save.error)}
        </p>
      )}
      <FormEditor
        name={project.name}
        draft={kept.draft}
        onChange={kept.change}
        samples={samples}
        Preview={Preview}
      />
      {asTemplate && (
        <SaveTemplateDialog
          project={project}
          form={formOfDraft(kept.draft)}
          onClose={() => setAsTemplate(false)}
        />
      )}
    </>
  )
}
