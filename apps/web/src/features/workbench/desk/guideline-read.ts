import { queryOptions } from '@tanstack/react-query'
import { client } from '../../../api/client.ts'
import { createStore } from '../../../ui/store.ts'

/** Guidelines that were opened in this visit, as `project version`: their badge is gone before the server's next answer says so. */
export const opened = createStore<ReadonlySet<string>>(new Set())

export const openedKey = (projectId: string, version: number): string => `${projectId} ${version}`

/** The guideline with the version that was read before; kept for the visit, so that what changed can be looked at again. */
export const guidelineQuery = (assignmentId: string, projectId: string, version: number) =>
  queryOptions({
    queryKey: ['guideline', projectId, version],
    queryFn: ({ signal }) => client.getAssignmentGuideline({ params: { id: assignmentId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

/** An earlier version of the guideline, to compare with. */
export const earlierGuidelineQuery = (assignmentId: string, projectId: string, since: number) =>
  queryOptions({
    queryKey: ['guideline', projectId, 'since', since],
    queryFn: ({ signal }) =>
      client.getAssignmentGuideline({ params: { id: assignmentId }, query: { since }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

/** Says that this version has been read. A failure is no matter: it is then new once more. */
export function markRead(assignmentId: string, projectId: string, version: number): void {
  const key = openedKey(projectId, version)
  if (opened.get().has(key)) return
  opened.set(new Set([...opened.get(), key]))
  client.markGuidelineRead({ params: { id: assignmentId }, body: { version } }).catch(() => undefined)
}
