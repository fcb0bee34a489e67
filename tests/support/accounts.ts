import { insertAccount } from '../../apps/server/src/identity/account-queries.ts'
import { createAccount } from '../../apps/server/src/identity/index.ts'
import type { Deps } from '../../apps/server/src/platform/index.ts'

type NewAccount = { name: string; email: string; password: string; operator?: boolean }

/** What is stored of a password that somebody of this process has already. */
const stored = new Map<string, string>()

/** An account by the server's own hand. Hashing is slow by intent, and people of tests share a password: it is hashed once. */
export async function addTestAccount(deps: Deps, account: NewAccount): Promise<{ userId: string }> {
  const { name, email, password, operator = false } = account
  const passwordHash = stored.get(password)
  if (passwordHash)
    return deps.database.transaction('system', (tx) =>
      insertAccount(tx, { name, email, passwordHash, operator }),
    )
  const made = await createAccount(deps, account)
  const { rows } = await deps.database.pool.query<{ password: string }>(
    'select password from auth_accounts where user_id = $1',
    [made.userId],
  )
  if (rows[0]) stored.set(password, rows[0].password)
  return made
}
