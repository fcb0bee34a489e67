import { hashPassword } from 'better-auth/crypto'
import {
  AppError,
  type Deps,
  hashSecret,
  invalidInput,
  newSecret,
  recordAudit,
  type Tx,
} from '../platform/index.ts'
import { insertAccount } from './account-queries.ts'
import { createOrganizationFor } from './organization-queries.ts'
import { addSetupToken, hasOperator, lockInstance, removeSetupTokens, setupTokens } from './set-up-queries.ts'

const stored = (token: string) => hashSecret(token).toString('base64url')

/** Whether the instance still waits for its first operator. */
export async function setupState({ database }: Deps): Promise<{ needed: boolean }> {
  return database.transaction('system', async (tx) => ({ needed: !(await hasOperator(tx)) }))
}

/** A token for the set-up page, to be printed at the start; null when the instance has an operator. */
export async function prepareSetup({ database }: Deps): Promise<{ token: string } | null> {
  return database.transaction('system', async (tx) => {
    await lockInstance(tx)
    if (await hasOperator(tx)) return null
    const token = newSecret()
    await addSetupToken(tx, stored(token))
    return { token }
  })
}

/**
 * Makes the first account, which operates the instance, and its organization.
 * @throws AppError `conflict` when that was done before, `invalid_input` when the token is not one that was printed
 */
export async function completeSetup(
  { database }: Deps,
  input: { token: string; name: string; email: string; password: string; organization: string },
): Promise<{ userId: string; organizationId: string }> {
  // Asked before the slow hash, which anybody could make this server compute without end.
  await database.transaction('system', (tx) => refuseSetup(tx, input.token))
  const passwordHash = await hashPassword(input.password)
  return database.transaction('system', async (tx) => {
    await lockInstance(tx)
    await refuseSetup(tx, input.token)
    const { userId } = await insertAccount(tx, {
      name: input.name,
      email: input.email,
      passwordHash,
      operator: true,
    })
    const { organizationId } = await createOrganizationFor(tx, userId, input.organization)
    await removeSetupTokens(tx)
    await recordAudit(tx, {
      organizationId: null,
      actorId: userId,
      action: 'instance.set_up',
      subject: { kind: 'user', id: userId },
    })
    return { userId, organizationId }
  })
}

async function refuseSetup(tx: Tx, token: string): Promise<void> {
  if (await hasOperator(tx)) throw new AppError('conflict', 'This instance is set up already. Sign in.')
  if ((await setupTokens(tx)).includes(stored(token))) return
  throw invalidInput([
    {
      path: 'token',
      code: 'wrong_token',
      message: 'Not the token that the server printed. Start it again for a new one.',
    },
  ])
}
