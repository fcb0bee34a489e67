import { asksTheSame, type Form, type updateProject as updateProjectInput } from '@groundwork/contract'
import type { z } from 'zod'
import { projectMoney } from '../ledger/index.ts'
import {
  type Caller,
  type Deps,
  hashJson,
  invalidInput,
  notFound,
  recordAudit,
  type Tx,
} from '../platform/index.ts'
import { requireProject } from './project-access.ts'
import { changeProject, type ProjectHeader, projectHeader } from './project-queries.ts'
import { closed, overlapPolicyOf, payAmounts, samePay } from './projects-rules.ts'
import { formOf, putForm, putPayTerms } from './version-queries.ts'

type Input = z.output<typeof updateProjectInput>

/** Tasks still to be judged that could not be with a form, the first few; what tasks are is known above this domain. */
export type MisfitsOf = (
  tx: Tx,
  projectId: string,
  form: Form,
) => Promise<{ name: string; message: string }[]>

/**
 * Changes the settings of a project. Pay and form of a draft change in place; later they get a new version, which slots opened
 * from then on use.
 * @throws AppError `project_closed` when it is finished, `invalid_input` for pay in another currency than its money, and for a form
 * with which tasks of the project could not be judged
 */
export async function updateProject(
  deps: Deps,
  caller: Caller,
  projectId: string,
  input: Input,
  misfitsOf: MisfitsOf,
): Promise<void> {
  const { organization_id: organizationId } = await requireProject(deps, caller, projectId, 'manager')
  await deps.database.transaction({ organization: organizationId }, async (tx) => {
    const project = await projectHeader(tx, projectId, 'update')
    if (!project) throw notFound('project')
    if (project.state === 'finished') throw closed(project.state)
    await changeProject(tx, projectId, {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(input.overlap === undefined ? {} : { overlap: overlapPolicyOf(input.overlap) }),
      ...(input.audience === undefined ? {} : { audience: input.audience }),
      ...(input.reviewWindowDays === undefined ? {} : { reviewWindowDays: input.reviewWindowDays }),
      ...(input.leaseMinutes === undefined ? {} : { leaseSeconds: input.leaseMinutes * 60 }),
    })
    if (input.pay) await changePay(tx, project, input.pay)
    if (input.form) await changeForm(tx, project, input.form, misfitsOf)
    await recordAudit(tx, {
      organizationId,
      actorId: caller.userId,
      action: 'project.updated',
      subject: { kind: 'project', id: projectId },
      details: JSON.parse(JSON.stringify(input)),
    })
  })
}

async function changePay(tx: Tx, project: ProjectHeader, input: NonNullable<Input['pay']>): Promise<void> {
  const pay = payAmounts(input)
  const current = { ...project, estimateSeconds: project.estimate_seconds, perJudgment: project.per_judgment }
  if (samePay(pay, current)) return
  if (pay.currency !== project.currency) await refuseOtherCurrency(tx, project)
  await putPayTerms(tx, project, nextVersion(project, project.pay_version), pay)
}

async function refuseOtherCurrency(tx: Tx, project: ProjectHeader): Promise<void> {
  const funded = (await projectMoney(tx, project.id)) !== undefined
  if (project.state === 'draft' && !funded) return
  const because = funded ? `its money is in ${project.currency}` : 'it was launched'
  throw invalidInput([
    {
      path: 'pay.currency',
      code: 'fixed',
      message: `The project keeps paying in ${project.currency}, because ${because}.`,
    },
  ])
}

async function changeForm(
  tx: Tx,
  project: ProjectHeader,
  form: NonNullable<Input['form']>,
  misfitsOf: MisfitsOf,
): Promise<void> {
  const current = await formOf(tx, project.id, project.form_version)
  if (hashJson(current) === hashJson(form)) return
  // Nobody gets a task that cannot be answered.
  const misfits = asksTheSame(current, form) ? [] : await misfitsOf(tx, project.id, form)
  if (misfits.length > 0)
    throw invalidInput(
      misfits.map(({ name, message }) => ({
        path: 'form',
        code: 'tasks_do_not_fit',
        message: `The task "${name}" of this project could not be judged with this form. ${message}`,
      })),
    )
  await putForm(tx, project, nextVersion(project, project.form_version), form)
}

/** A draft has no slots that could point at a version, so the version is changed in place. */
const nextVersion = (project: ProjectHeader, version: number) =>
  project.state === 'draft' ? version : version + 1
