import type { Currency, Form } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'
import type { PayAmounts } from './projects-rules.ts'

type OfProject = { id: string; organization_id: string }

/** The form that a version of a project shows. */
export async function formOf(tx: Tx, projectId: string, version: number): Promise<Form> {
  const row = await tx
    .selectFrom('project_forms')
    .select('form')
    .where('project_id', '=', projectId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return row.form as Form
}

/** Writes a version of the form; a version that exists is replaced, which only drafts may do. */
export async function putForm(tx: Tx, project: OfProject, version: number, form: Form): Promise<void> {
  const content = { form: JSON.stringify(form) }
  await tx
    .insertInto('project_forms')
    .values({ project_id: project.id, organization_id: project.organization_id, version, ...content })
    .onConflict((conflict) => conflict.columns(['project_id', 'version']).doUpdateSet(content))
    .execute()
  await tx.updateTable('projects').set({ form_version: version }).where('id', '=', project.id).execute()
}

export type PayTermsRow = PayAmounts & { version: number }

/** The pay terms of a version, in micro-units. */
export async function payTermsOf(tx: Tx, projectId: string, version: number): Promise<PayTermsRow> {
  const row = await tx
    .selectFrom('pay_terms')
    .select(['version', 'currency', 'hourly', 'estimate_seconds', 'per_judgment'])
    .where('project_id', '=', projectId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return {
    version: row.version,
    currency: row.currency as Currency,
    hourly: row.hourly,
    estimateSeconds: row.estimate_seconds,
    perJudgment: row.per_judgment,
  }
}

/** Writes a version of the pay terms; a version that exists is replaced, which only drafts may do. */
export async function putPayTerms(
  tx: Tx,
  project: OfProject,
  version: number,
  pay: PayAmounts,
): Promise<void> {
  const content = {
    currency: pay.currency,
    hourly: pay.hourly,
    estimate_seconds: pay.estimateSeconds,
    per_judgment: pay.perJudgment,
  }
  await tx
    .insertInto('pay_terms')
    .values({ project_id: project.id, organization_id: project.organization_id, version, ...content })
    .onConflict((conflict) => conflict.columns(['project_id', 'version']).doUpdateSet(content))
    .execute()
  await tx.updateTable('projects').set({ pay_version: version }).where('id', '=', project.id).execute()
}

export type GuidelineRow = { version: number; markdown: string; createdAt: Date; createdBy: string | null }

/** A version of the guideline. */
export async function guidelineOf(tx: Tx, projectId: string, version: number): Promise<GuidelineRow> {
  return tx
    .selectFrom('guidelines')
    .select(['version', 'markdown', 'created_at as createdAt', 'created_by as createdBy'])
    .where('project_id', '=', projectId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
}

/** All versions of the guideline, newest first. */
export async function guidelinesOf(tx: Tx, projectId: string): Promise<GuidelineRow[]> {
  return tx
    .selectFrom('guidelines')
    .select(['version', 'markdown', 'created_at as createdAt', 'created_by as createdBy'])
    .where('project_id', '=', projectId)
    .orderBy('version', 'desc')
    .execute()
}

/** Adds a version of the guideline and makes it the one that new assignments show. */
export async function addGuideline(
  tx: Tx,
  project: OfProject,
  guideline: { version: number; markdown: string; createdBy: string },
): Promise<void> {
  await sql`
    with added as (
      insert into guidelines (project_id, organization_id, version, markdown, created_by)
      values (${project.id}, ${project.organization_id}, ${guideline.version}, ${guideline.markdown}, ${guideline.createdBy})
      returning project_id, version
    )
    update projects set guideline_version = added.version from added where id = added.project_id`.execute(tx)
}
