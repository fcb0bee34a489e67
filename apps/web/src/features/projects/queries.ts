import type { Audience, Project, TaskRow } from '@groundwork/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { client } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'

/** How often the pages of a project that is being worked on look for news: its figures, and the lists behind them. */
const LIVE_MS = 10_000
const LISTS_MS = 30_000
/** While slots are opened or closed in the background. */
const WORKING_MS = 1_000

/** For the lists of the overview: a project that is not live has no news. */
export const whileLive = (project: Project) => ({
  refetchInterval: project.state === 'live' ? LISTS_MS : (false as const),
})

export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => client.listTemplates({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const projectQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id],
    queryFn: ({ signal }) => client.getProject({ params: { id }, signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.slotWork ? WORKING_MS : data?.state === 'live' ? LIVE_MS : false,
  })

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'timeline'],
    queryFn: ({ signal }) => client.getTimeline({ params: { id }, signal }),
  })

export const peopleQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'people'],
    queryFn: ({ signal }) => client.listProjectPeople({ params: { id }, signal }),
  })

export const flagsQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'flags'],
    queryFn: ({ signal }) => client.listFlags({ params: { id }, signal }),
  })

export const referencesQuery = (id: string, taskId: string) =>
  queryOptions({
    queryKey: ['projects', id, 'references', taskId],
    queryFn: ({ signal }) => client.listReferences({ params: { id, taskId }, signal }),
    // They came with an import; another one is rare.
    staleTime: 60_000,
  })

export const outcomesQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'outcomes'],
    queryFn: ({ signal }) => client.getOutcomes({ params: { id }, signal }),
  })

export const sourceComparisonQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'source-comparison'],
    queryFn: ({ signal }) => client.getSourceComparison({ params: { id }, signal }),
  })

export type TaskFilter = { state?: TaskRow['state'] | undefined; search?: string | undefined }
const TASKS_A_PAGE = 50

export const tasksQuery = (id: string, filter: TaskFilter) =>
  infiniteQueryOptions({
    queryKey: ['projects', id, 'tasks', filter],
    queryFn: ({ pageParam, signal }) =>
      client.listTasks({
        params: { id },
        query: {
          limit: TASKS_A_PAGE,
          ...(pageParam && { cursor: pageParam }),
          ...(filter.state && { state: filter.state }),
          ...(filter.search && { search: filter.search }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export const taskQuery = (id: string, taskId: string) =>
  queryOptions({
    queryKey: ['projects', id, 'task', taskId],
    queryFn: ({ signal }) => client.getTask({ params: { id, taskId }, signal }),
    placeholderData: keepPreviousData,
  })

export const ledgerQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'ledger'],
    queryFn: ({ signal }) => client.getLedger({ params: { id }, signal }),
  })

export const guidelinesQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'guidelines'],
    queryFn: ({ signal }) => client.listGuidelines({ params: { id }, signal }),
  })

export const importsQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'imports'],
    queryFn: ({ signal }) => client.listImports({ params: { id }, signal }),
  })

export const audienceMatchQuery = (audience: Audience) =>
  queryOptions({
    queryKey: ['audience-match', audience],
    queryFn: ({ signal }) => client.matchAudience({ body: audience, signal }),
    placeholderData: keepPreviousData,
  })

/** The project of the open page. */
export function useProject(): Project {
  const { projectId } = useParams({ from: '/shell/projects/$projectId' })
  return useSuspenseQuery(projectQuery(projectId)).data
}

/** Puts a project that a call answered with where every page finds it, and lets the lists follow. */
export function keepProject(project: Project): void {
  queryClient.setQueryData(projectQuery(project.id).queryKey, project)
  void queryClient.invalidateQueries({
    queryKey: ['projects'],
    predicate: ({ queryKey }) => queryKey.length !== 2 || queryKey[1] !== project.id,
  })
}

/** After an act whose answer is no project: everything known about it is asked for again. */
export function refreshProject(id: string): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ['projects', id] })
}
