import { type Database, type Deps, sql, type Tx } from '../../platform/index.ts'

/** When the connection of a transaction breaks: while its statements run, or when all that is left is the commit. */
export type CrashAt = 'while_writing' | 'before_commit'

/** Dependencies whose every transaction is cut off by the server, as if the process or the network had died. */
export function crashing(deps: Deps, at: CrashAt, terminate: (backend: number) => Promise<void>): Deps {
  const transaction: Database['transaction'] = (scope, work, first) =>
    deps.database.transaction(
      scope,
      async (tx) => {
        const backend = await backendOf(tx)
        if (at === 'while_writing') {
          // The connection must be gone before it could go back to the pool, or the blow would hit whoever has it next.
          const [result] = await Promise.allSettled([work(tx), terminate(backend)])
          if (result.status === 'rejected') throw result.reason
          return result.value
        }
        const result = await work(tx)
        await terminate(backend)
        return result
      },
      first,
    )
  return { ...deps, database: { ...deps.database, transaction } }
}

async function backendOf(tx: Tx): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
  return rows[0]?.pid ?? 0
}

/** Whether an error says that the connection broke, and nothing about the work. */
export function isBroken(error: unknown): boolean {
  const text = error instanceof Error ? `${(error as { code?: string }).code ?? ''} ${error.message}` : ''
  return /57P01|ECONNRESET|EPIPE|Connection terminated|not queryable/.test(text)
}
