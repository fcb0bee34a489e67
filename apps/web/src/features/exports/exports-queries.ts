import type { ExportJob } from '@groundwork/contract'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { type ExportDraft, requestOf } from './export-draft.ts'

const POLL_MS = 1_000

const isUnderWay = (job: ExportJob) =>
  job.status === 'queued' ||
  job.status === 'running' ||
  (job.status === 'done' && job.delivery?.state === 'waiting')

/** Exports of a project; looked at every second while one is being made or sent. */
export const exportsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['projects', projectId, 'exports'],
    queryFn: ({ signal }) => client.listExports({ params: { id: projectId }, signal }),
    refetchInterval: (query) => (query.state.data?.items.some(isUnderWay) ? POLL_MS : false),
  })

/** Which formats the form of the project can feed. */
export const targetsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['projects', projectId, 'export-targets'],
    queryFn: ({ signal }) => client.listExportTargets({ params: { id: projectId }, signal }),
  })

/** What an export of a draft would hold; the last answer stays while a new one is found out. */
export function previewQuery(projectId: string, draft: ExportDraft) {
  const { destinationId: _, ...body } = requestOf(draft)
  return queryOptions({
    queryKey: ['projects', projectId, 'export-preview', body],
    queryFn: ({ signal }) => client.previewExport({ params: { id: projectId }, body, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

export const destinationsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['organizations', organizationId, 'destinations'],
    queryFn: ({ signal }) => client.listDestinations({ params: { id: organizationId }, signal }),
  })
