import { sql, type Tx } from '../platform/index.ts'

/** Of which version of which guideline an own assignment is, and which one the trainer has read last; widens the scope to its organization. */
export async function guidelineOfOwn(
  tx: Tx,
  trainerId: string,
  assignmentId: string,
): Promise<
  { projectId: string; organizationId: string; version: number; lastRead: number | null } | undefined
> {
  const { rows } = await sql<{
    projectId: string
    organizationId: string
    version: number
    lastRead: number | null
  }>`
    select set_config('groundwork.organization', a.organization_id::text, true) as "organizationId",
      a.project_id as "projectId", a.guideline_version as version,
      (select g.version from guideline_reads g where g.trainer_id = a.trainer_id and g.project_id = a.project_id) as "lastRead"
    from assignments a where a.id = ${assignmentId} and a.trainer_id = ${trainerId}`.execute(tx)
  return rows[0]
}

/** Notes that a trainer has read a version; an earlier one changes nothing. False: the project has no such version. */
export async function recordGuidelineRead(
  tx: Tx,
  read: { trainerId: string; projectId: string; version: number },
): Promise<boolean> {
  const { rows } = await sql`
    insert into guideline_reads (trainer_id, project_id, organization_id, version)
    select ${read.trainerId}, project_id, organization_id, version from guidelines
    where project_id = ${read.projectId} and version = ${read.version}
    on conflict (trainer_id, project_id) do update set
      version = greatest(guideline_reads.version, excluded.version), read_at = now()
    returning 1 as read`.execute(tx)
  return rows.length === 1
}
