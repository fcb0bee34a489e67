import type { AssignmentGuideline } from '@groundwork/contract'
import { type Deps, invalidInput, notFound } from '../platform/index.ts'
import { guidelineOfOwn, recordGuidelineRead } from './guideline-queries.ts'
import { guidelineOfVersion } from './project-facts.ts'

/**
 * The guideline that an own assignment is judged under, and the one that the trainer has read last, for what changed in between.
 * @param since an earlier version to compare with
 * @throws AppError `not_found`
 */
export async function getAssignmentGuideline(
  { database }: Deps,
  trainerId: string,
  assignmentId: string,
  since?: number,
): Promise<AssignmentGuideline> {
  return database.transaction({ person: trainerId }, async (tx) => {
    const own = await guidelineOfOwn(tx, trainerId, assignmentId)
    if (!own) throw notFound('assignment')
    const { projectId, version, lastRead } = own
    const read = async (wanted: number) => {
      const { markdown } = await guidelineOfVersion(tx, projectId, wanted)
      return { version: wanted, markdown }
    }
    return {
      ...(await read(version)),
      lastRead: lastRead === null ? null : await read(lastRead),
      // Versions count up from 1: every one before this one is there.
      since: since === undefined || since >= version ? null : await read(since),
    }
  })
}

/**
 * Notes that the trainer has read a version of the guideline of an own assignment's project.
 * @throws AppError `not_found`; `invalid_input` for a version that there is not
 */
export async function markGuidelineRead(
  { database }: Deps,
  trainerId: string,
  assignmentId: string,
  version: number,
): Promise<void> {
  await database.transaction({ person: trainerId }, async (tx) => {
    const own = await guidelineOfOwn(tx, trainerId, assignmentId)
    if (!own) throw notFound('assignment')
    if (!(await recordGuidelineRead(tx, { trainerId, projectId: own.projectId, version }))) {
      throw invalidInput([
        { path: 'version', code: 'unknown_version', message: `The guideline has no version ${version}.` },
      ])
    }
  })
}
