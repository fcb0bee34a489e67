import { hashPassword } from 'better-auth/crypto'
import { AppError, type Deps, postgresCode } from '../platform/index.ts'
import { insertAccount } from './account-queries.ts'

/**
 * Makes an account by the server's own hand (set-up, demo, tests), past open or closed sign-up.
 * @throws AppError `conflict` when the address is taken
 */
export async function createAccount(
  { database }: Deps,
  account: { name: string; email: string; password: string; operator?: boolean },
): Promise<{ userId: string }> {
  const passwordHash = await hashPassword(account.password)
  return database
    .transaction('system', (tx) =>
      insertAccount(tx, {
        name: account.name,
        email: account.email,
        passwordHash,
        operator: account.operator ?? false,
      }),
    )
    .catch((error: unknown) => {
      if (postgresCode(error) === '23505')
        throw new AppError('conflict', 'There is an account with this mail address.')
      throw error
    })
}
