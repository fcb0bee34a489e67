import { useParams } from '@tanstack/react-router'
import { ProjectFormPage } from '../../features/forms/ProjectFormPage.tsx'
import { TemplatePage } from '../../features/forms/TemplatePage.tsx'
import { FormPreview } from '../../features/workbench/FormPreview.tsx'

// The editor of forms shows the workbench; features do not know each other, so they meet here.

export function ProjectForm() {
  const { projectId } = useParams({ from: '/shell/projects/$projectId/form' })
  return <ProjectFormPage key={projectId} projectId={projectId} Preview={FormPreview} />
}

export function TemplateForm() {
  const { templateId } = useParams({ from: '/shell/templates/$templateId' })
  return <TemplatePage templateId={templateId} Preview={FormPreview} />
}
