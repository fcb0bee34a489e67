import { newId, sql, type Tx } from '../platform/index.ts'

/** Adds a person who signs in with a password. A taken address throws a unique violation (23505). */
export async function insertAccount(
  tx: Tx,
  account: { name: string; email: string; passwordHash: string; operator: boolean },
): Promise<{ userId: string }> {
  const userId = newId()
  await tx
    .insertInto('users')
    .values({
      id: userId,
      name: account.name,
      email: account.email.toLowerCase(),
      operator: account.operator,
    })
    .execute()
  await tx
    .insertInto('auth_accounts')
    .values({
      id: newId(),
      user_id: userId,
      account_id: userId,
      provider_id: 'credential',
      password: account.passwordHash,
    })
    .execute()
  return { userId }
}

/** Names of people by id; ids of nobody are left out. */
export async function namesOf(tx: Tx, userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', '=', sql<string>`any(${[...new Set(userIds)]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** What a person is told of the own account. */
export async function accountRow(tx: Tx, userId: string) {
  return tx
    .selectFrom('users')
    .select(['id', 'name', 'email', 'operator', 'two_factor_enabled'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
}

export async function renameAccount(tx: Tx, userId: string, name: string): Promise<void> {
  await tx.updateTable('users').set({ name, updated_at: sql`now()` }).where('id', '=', userId).execute()
}

/** Forgets sessions that are over; they open nothing any more. */
export async function deleteEndedSessions(tx: Tx): Promise<void> {
  await tx.deleteFrom('auth_sessions').where('expires_at', '<', sql<Date>`now()`).execute()
}
