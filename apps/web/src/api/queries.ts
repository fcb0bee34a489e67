import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** Projects of an organization; the sidebar and the project pages share it. */
export const projectsQuery = (organizationId: string | undefined) =>
  queryOptions({
    queryKey: ['projects', { organizationId }],
    queryFn: ({ signal }) => client.listProjects({ query: organizationId ? { organizationId } : {}, signal }),
  })
