import type { Form, TemplateGroup } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'

/** A template that a team has saved. */
export type TeamTemplate = {
  id: string
  organization_id: string
  name: string
  description: string
  group: TemplateGroup
  estimate_seconds: number
  form: Form
  guideline: string
  created_at: Date
}

type Content = {
  name: string
  description: string
  group: TemplateGroup
  estimateSeconds: number
  form: Form
  guideline: string
}

const columns = [
  'id',
  'organization_id',
  'name',
  'description',
  'group',
  'estimate_seconds',
  'form',
  'guideline',
  'created_at',
] as const

/** The templates of one organization by name. */
export async function teamTemplates(tx: Tx, organizationId: string): Promise<TeamTemplate[]> {
  const rows = await tx
    .selectFrom('team_templates')
    .select(columns)
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows as unknown as TeamTemplate[]
}

/** A template of any organization that the transaction's scope lets see. */
export async function teamTemplate(tx: Tx, id: string): Promise<TeamTemplate | undefined> {
  const row = await tx.selectFrom('team_templates').select(columns).where('id', '=', id).executeTakeFirst()
  return row as unknown as TeamTemplate | undefined
}

export async function insertTemplate(
  tx: Tx,
  template: Content & { id: string; organizationId: string; createdBy: string },
): Promise<void> {
  await tx
    .insertInto('team_templates')
    .values({
      id: template.id,
      organization_id: template.organizationId,
      created_by: template.createdBy,
      ...contentColumns(template),
    })
    .execute()
}

export async function changeTemplate(tx: Tx, id: string, content: Content): Promise<void> {
  await tx
    .updateTable('team_templates')
    .set({ ...contentColumns(content), updated_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

export async function removeTemplate(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('team_templates').where('id', '=', id).execute()
}

const contentColumns = ({ name, description, group, estimateSeconds, form, guideline }: Content) => ({
  name,
  description,
  group,
  estimate_seconds: estimateSeconds,
  form: JSON.stringify(form),
  guideline,
})
