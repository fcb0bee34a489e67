import { hashPassword } from 'better-auth/crypto'
import { AppError, type Deps, postgresCode, type Tx } from '../platform/index.ts'
import { insertAccount } from './account-queries.ts'

type NewAccount = { name: string; email: string; password: string; operator?: boolean }

/**
 * Makes an account by the server's own hand (demo, tests), past open or closed sign-up. A taken address throws a unique violation
 * (23505).
 */
export async function addAccount(tx: Tx, account: NewAccount): Promise<{ userId: string }> {
  return insertAccount(tx, {
    name: account.name,
    email: account.email,
    passwordHash: await hashPassword(account.password),
    operator: account.operator ?? false,
  })
}

/**
 * The same in a transaction of its own.
 * @throws AppError `conflict` when the address is taken
 */
export async function createAccount({ database }: Deps, account: NewAccount): Promise<{ userId: string }> {
  return database
    .transaction('system', (tx) => addAccount(tx, account))
    .catch((error: unknown) => {
      if (postgresCode(error) === '23505')
        throw new AppError('conflict', 'There is an account with this mail address.')
      throw error
    })
}
