import type { Project, Template } from '@groundwork/contract'
import { queryOptions } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'

/** All that a project can be started from. The same key as in the wizard, which shows the same list. */
export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => client.listTemplates({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const samplesQuery = (templateId: string) =>
  queryOptions({
    queryKey: ['templates', templateId, 'tasks'],
    queryFn: ({ signal }) => client.listSampleTasks({ params: { id: templateId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const projectQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id],
    queryFn: ({ signal }) => client.getProject({ params: { id }, signal }),
  })

/** The first tasks of a project, as they were imported. */
export const firstTasksQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'first-tasks'],
    queryFn: async ({ signal }) => {
      const { tasks } = await client.listTasks({ params: { id }, query: { limit: 3 }, signal })
      return Promise.all(tasks.map((task) => client.getTask({ params: { id, taskId: task.id }, signal })))
    },
    staleTime: 60_000,
  })

export function keepProject(project: Project): void {
  queryClient.setQueryData(projectQuery(project.id).queryKey, project)
  void queryClient.invalidateQueries({ queryKey: ['projects', project.id] })
}

export async function keepTemplate(template: Template): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['templates'] })
  queryClient.setQueryData(samplesQuery(template.id).queryKey, { items: [] })
}
