import type { CrowdModel } from '@groundwork/consensus'
import { sql, type Tx } from '../platform/index.ts'

/** What a full run learnt of the crowd on one question. */
export type StoredModel = {
  question: string
  runId: string
  classes: string[]
  trainers: string[]
  logPrior: Float64Array
  evidence: Float64Array
}

/** The crowd models of a project, one per question; none before its first full run. */
export async function loadModels(tx: Tx, projectId: string): Promise<StoredModel[]> {
  const { rows } = await sql<{
    question: string
    runId: string
    classes: string[]
    trainers: string[]
    logPrior: Buffer
    evidence: Buffer
  }>`select question, run_id as "runId", classes, trainers::text[] as trainers, log_prior as "logPrior", evidence
    from consensus_models where project_id = ${projectId}`.execute(tx)
  return rows.map((row) => ({ ...row, logPrior: doubles(row.logPrior), evidence: doubles(row.evidence) }))
}

/** Puts the models of a run in the place of all earlier ones. */
export async function replaceModels(
  tx: Tx,
  run: { id: string; organizationId: string; projectId: string },
  models: (Pick<CrowdModel, 'logPrior' | 'evidence'> & {
    question: string
    classes: readonly string[]
    trainers: string[]
  })[],
): Promise<void> {
  await sql`delete from consensus_models where project_id = ${run.projectId}`.execute(tx)
  for (const model of models) {
    await sql`insert into consensus_models
        (project_id, question, organization_id, run_id, classes, trainers, log_prior, evidence)
      values (${run.projectId}, ${model.question}, ${run.organizationId}, ${run.id}, ${model.classes}::text[],
        ${model.trainers}::uuid[], ${bytes(model.logPrior)}, ${bytes(model.evidence)})`.execute(tx)
  }
}

/** How often a person is right: posterior mean and 95 % credible interval. */
export type PersonReliability = { value: number; low: number; high: number }

/** Puts the reliabilities of a run in the place of all earlier ones. */
export async function replaceReliabilities(
  tx: Tx,
  run: { id: string; organizationId: string; projectId: string },
  people: (PersonReliability & { trainerId: string; judgments: number })[],
): Promise<void> {
  await sql`delete from project_reliability where project_id = ${run.projectId}`.execute(tx)
  await sql`insert into project_reliability
      (project_id, trainer_id, organization_id, judgments, reliability, low, high, run_id)
    select ${run.projectId}::uuid, p."trainerId", ${run.organizationId}::uuid, p.judgments, p.value, p.low, p.high, ${run.id}::uuid
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
      as p ("trainerId" uuid, judgments integer, value double precision, low double precision, high double precision)`.execute(
    tx,
  )
}

/** The reliabilities of a project's people by trainer id, as of its last full run; empty before the first. */
export async function reliabilitiesOf(tx: Tx, projectId: string): Promise<Map<string, PersonReliability>> {
  const { rows } = await sql<PersonReliability & { trainerId: string }>`
    select trainer_id as "trainerId", reliability as value, low, high
    from project_reliability where project_id = ${projectId}`.execute(tx)
  return new Map(rows.map(({ trainerId, ...reliability }) => [trainerId, reliability]))
}

const bytes = (column: Float64Array) => Buffer.from(column.buffer, column.byteOffset, column.byteLength)

/** A copy: what the driver gives need not lie where doubles may lie. */
const doubles = (buffer: Buffer) => new Float64Array(Uint8Array.from(buffer).buffer)
