import { Readable } from 'node:stream'
import { api } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { requireWholeAccount } from '../identity/index.ts'
import { type Deps, route } from '../platform/index.ts'
import { getEarnings } from './get-earnings.ts'
import { writeStatementCsv } from './write-statement-csv.ts'

export function payoutRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, api.getEarnings, 'trainer', async ({ caller, query }) => {
    requireWholeAccount(caller)
    return getEarnings(deps, caller, query)
  })

  route(app, api.getEarningsCsv, 'trainer', async ({ caller, query, reply }) => {
    requireWholeAccount(caller)
    const lines = writeStatementCsv(deps, caller.userId, query)
    // The first page before the answer begins: after that, an error could not be answered any more.
    const first = await lines.next()
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="earnings.csv"')
      .send(Readable.from(joined(first.value ?? '', lines), { objectMode: false }))
  })
}

async function* joined(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}
