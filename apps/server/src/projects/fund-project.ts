import { type Money, presentMoney } from '@groundwork/contract'
import { accountFor, projectMoney, transfer, transferByKey } from '../ledger/index.ts'
import { hashJson, invalidInput, newId, notFound, publish, recordAudit, type Tx } from '../platform/index.ts'
import { type ProjectHeader, projectHeader } from './project-queries.ts'
import { closed, microsAt } from './projects-rules.ts'

/** The most that all fundings of a project can come to: what an amount in the API can say. In micro-units. */
const MOST = 10n ** 18n - 1n

/**
 * Moves money from the organization's source of funds into the project's escrow.
 * @param funding.key names the request within the project; without one every call is its own
 * @returns the transfer, and what the escrow holds now (free or held)
 * @throws AppError `invalid_input` for an amount of zero, with too many decimals, or in another currency than the pay;
 *   `project_closed` when it is finished; `idempotency_mismatch` when the key was used for another amount
 */
export async function fundProject(
  tx: Tx,
  projectId: string,
  funding: { amount: Money; key?: string | undefined; actorId: string },
): Promise<{ transferId: string; escrow: Money }> {
  // The state must stay until the money is in: finishing pays the escrow back.
  const project = await projectHeader(tx, projectId, 'share')
  if (!project) throw notFound('project')
  const amount = amountFor(project, funding.amount)
  const organizationId = project.organization_id
  const key = `fund:${projectId}:${funding.key ?? newId()}`
  if (project.state === 'finished' && !(await transferByKey(tx, organizationId, key)))
    throw closed('finished')
  const { currency } = project
  const source = await accountFor(tx, {
    organizationId,
    kind: 'funding_source',
    ownerId: organizationId,
    currency,
  })
  const escrow = await accountFor(tx, { organizationId, kind: 'escrow', ownerId: projectId, currency })
  const { transferId, replayed } = await transfer(tx, {
    organizationId,
    projectId,
    kind: 'fund',
    key,
    requestHash: hashJson({ projectId, amount: String(amount), currency }),
    actorId: funding.actorId,
    entries: [
      { accountId: source, currency, amount: -amount },
      { accountId: escrow, currency, amount },
    ],
  })
  const money = await projectMoney(tx, projectId)
  if ((money?.funded ?? 0n) > MOST) throw tooMuch()
  if (!replayed) {
    await recordAudit(tx, {
      organizationId,
      actorId: funding.actorId,
      action: 'project.funded',
      subject: { kind: 'project', id: projectId },
      details: { transferId, amount: presentMoney(amount, currency) },
    })
    await publish(tx, { kind: 'project.funded', organizationId, payload: { projectId } })
  }
  return { transferId, escrow: presentMoney((money?.held ?? 0n) + (money?.free ?? 0n), currency) }
}

function amountFor(project: ProjectHeader, amount: Money): bigint {
  if (amount.currency !== project.currency) {
    throw invalidInput([
      {
        path: 'amount.currency',
        code: 'other_currency',
        message: `The project pays in ${project.currency}.`,
      },
    ])
  }
  return microsAt('amount.amount', amount.amount, amount.currency)
}

const tooMuch = () =>
  invalidInput([
    {
      path: 'amount.amount',
      code: 'too_big',
      message: 'All fundings of a project together stay below 1,000,000,000,000.',
    },
  ])
