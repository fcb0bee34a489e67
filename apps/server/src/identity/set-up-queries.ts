import { sql, type Tx } from '../platform/index.ts'

/** Hashes of the tokens that open the set-up page, newest first; each process that starts on an empty instance prints one. */
const TOKENS = 'setup.tokens'
const TOKENS_KEPT = 5

/** One person at a time decides about the instance: its set-up and its operators. */
const INSTANCE_LOCK = 4_710_019

export async function lockInstance(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${INSTANCE_LOCK})`.execute(tx)
}

/** Whether anybody operates the instance. */
export async function hasOperator(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{
    there: boolean
  }>`select exists (select 1 from users where operator) as there`.execute(tx)
  return rows[0]?.there ?? false
}

/** Whether a set-up link was printed and nobody has followed it yet. */
export async function setupPending(tx: Tx): Promise<boolean> {
  return (await setupTokens(tx)).length > 0 && !(await hasOperator(tx))
}

export async function setupTokens(tx: Tx): Promise<string[]> {
  const row = await tx
    .selectFrom('instance_facts')
    .select('value')
    .where('key', '=', TOKENS)
    .executeTakeFirst()
  return (row?.value as string[] | undefined) ?? []
}

export async function addSetupToken(tx: Tx, hash: string): Promise<void> {
  const kept = [hash, ...(await setupTokens(tx))].slice(0, TOKENS_KEPT)
  await tx
    .insertInto('instance_facts')
    .values({ key: TOKENS, value: JSON.stringify(kept) })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: JSON.stringify(kept) }))
    .execute()
}

export async function removeSetupTokens(tx: Tx): Promise<void> {
  await tx.deleteFrom('instance_facts').where('key', '=', TOKENS).execute()
}
