import { queryOptions } from '@tanstack/react-query'
import { client } from '../../api/client.ts'

const POLL_MS = 1_000

/** Exports of a project; looked at every second while one is being made. */
export const exportsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['projects', projectId, 'exports'],
    queryFn: ({ signal }) => client.listExports({ params: { id: projectId }, signal }),
    refetchInterval: (query) =>
      query.state.data?.items.some((job) => job.status === 'queued' || job.status === 'running')
        ? POLL_MS
        : false,
  })
