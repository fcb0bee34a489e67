import type { Form } from '@groundwork/contract'
import { templates } from '@groundwork/templates'
import { z } from 'zod'
import { type Deps, invalidInput } from '../platform/index.ts'
import { teamTemplate } from './template-queries.ts'

/** The kind of task that a template asks for, in words; empty for a template of a team's own. */
export const kindOfTemplate = (id: string): string => templates.get(id)?.name ?? ''

/**
 * What a project of an organization starts from: a template of Groundwork, or one of the organization's own.
 * @throws AppError `invalid_input` at `template`
 */
export async function templateOf(
  { database }: Deps,
  organization: string,
  id: string,
): Promise<{ id: string; form: Form; guideline: string; estimateSeconds: number }> {
  const builtIn = templates.get(id)
  if (builtIn) return builtIn
  const own = z.uuid().safeParse(id).success
    ? await database.transaction({ organization }, (tx) => teamTemplate(tx, id))
    : undefined
  if (own) return { ...own, estimateSeconds: own.estimate_seconds }
  const known = [...templates.keys()].join(', ')
  throw invalidInput([
    { path: 'template', code: 'unknown', message: `There is no template "${id}". Templates: ${known}.` },
  ])
}
