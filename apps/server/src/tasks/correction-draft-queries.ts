import type { Answer } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'
import type { JudgmentRow } from './judgment-queries.ts'

type CorrectionDraft = { answer: Answer; savedAt: Date }

/** What the trainer has typed to correct a judgment with. */
export async function correctionDraft(
  tx: Tx,
  trainerId: string,
  judgmentId: string,
): Promise<CorrectionDraft | undefined> {
  const { rows } = await sql<CorrectionDraft>`
    select answer, saved_at as "savedAt" from correction_drafts
    where judgment_id = ${judgmentId} and trainer_id = ${trainerId}`.execute(tx)
  return rows[0]
}

/**
 * The stored draft when it is newer than the one that an answer was edited from, and differs from it.
 * @param basedOn when that one was saved, in whole milliseconds; null: there was none
 */
export async function newerCorrectionDraft(
  tx: Tx,
  draft: { trainerId: string; judgmentId: string; answer: Answer; basedOn: string | null },
): Promise<CorrectionDraft | undefined> {
  const { rows } = await sql<CorrectionDraft>`
    select answer, saved_at as "savedAt" from correction_drafts
    where judgment_id = ${draft.judgmentId} and trainer_id = ${draft.trainerId}
      and (${draft.basedOn}::timestamptz is null or saved_at >= ${draft.basedOn}::timestamptz + interval '2 milliseconds')
      and answer <> ${JSON.stringify(draft.answer)}::jsonb`.execute(tx)
  return rows[0]
}

/** Stores the draft of a correction; the caller holds the lock of the judgment. @returns when */
export async function storeCorrectionDraft(
  tx: Tx,
  judgment: Pick<JudgmentRow, 'id' | 'trainerId' | 'organizationId' | 'projectId'>,
  answer: Answer,
): Promise<Date> {
  const { rows } = await sql<{ savedAt: Date }>`
    insert into correction_drafts (judgment_id, trainer_id, organization_id, project_id, answer)
    values (${judgment.id}, ${judgment.trainerId}, ${judgment.organizationId}, ${judgment.projectId}, ${JSON.stringify(answer)}::jsonb)
    on conflict (judgment_id) do update set answer = excluded.answer, saved_at = now()
    returning saved_at as "savedAt"`.execute(tx)
  if (!rows[0]) throw new Error('A draft was not stored.')
  return rows[0].savedAt
}

/** Forgets it. @returns the time of the database */
export async function dropCorrectionDraft(tx: Tx, judgmentId: string): Promise<Date> {
  await sql`delete from correction_drafts where judgment_id = ${judgmentId}`.execute(tx)
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(tx)
  return rows[0]?.now ?? new Date()
}

/** The judgment of the trainer that stands now in the line of corrections that another one belongs to. */
export async function standingJudgment(tx: Tx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select s.id from judgments j join judgments s on s.assignment_id = j.assignment_id and s.epoch = j.epoch
    where j.id = ${id} and s.superseded_at is null and s.withdrawn_at is null`.execute(tx)
  return rows[0]?.id
}
