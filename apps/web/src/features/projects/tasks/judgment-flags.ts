import type { JudgmentFlag, JudgmentFlagKind, JudgmentFlagState, Project } from '@groundwork/contract'
import { queryOptions } from '@tanstack/react-query'
import { client } from '../../../api/client.ts'
import { refreshProject } from '../queries.ts'

export const flagKinds: JudgmentFlagKind[] = [
  'careless',
  'off_guideline',
  'contradicts_itself',
  'private_data',
  'other',
]

/** The shortest reason that the server takes. */
export const LEAST_REASON = 10

export const judgmentFlagsQuery = (projectId: string, state?: JudgmentFlagState) =>
  queryOptions({
    queryKey: ['projects', projectId, 'judgment-flags', state ?? 'all'],
    queryFn: ({ signal }) =>
      client.listJudgmentFlags({ params: { id: projectId }, query: state ? { state } : {}, signal }),
  })

/** The flag that leaves a judgment out, if there is one. */
export const effectiveFlag = (flags: readonly JudgmentFlag[] | undefined): JudgmentFlag | undefined =>
  flags?.find(({ state }) => state === 'open' || state === 'excluded')

/** In the background, the consensus follows within about a second. */
const CONSENSUS_MS = 2_500

/** After a flag was raised or decided: what is known of the project, and a moment later what its task comes to now. */
export async function refreshAfterFlag(project: Project): Promise<void> {
  setTimeout(() => void refreshProject(project.id), CONSENSUS_MS)
  await refreshProject(project.id)
}
