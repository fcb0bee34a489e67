import { health } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import type { Database } from './database.ts'
import { migrationState } from './migrate.ts'

/** `GET /api/health`: version, database, migrations and job queue. 503 when the database does not answer. */
export function healthRoute(
  app: FastifyInstance,
  database: Database,
  options: { version: string; embedded: boolean },
): void {
  app.get(
    '/api/health',
    { schema: { summary: 'Whether the instance works', response: { 200: health, 503: health } } },
    async (_request, reply) => {
      try {
        const server = await database.pool.query<{ server_version: string }>('show server_version')
        const migrations = await migrationState(
          async (text) => (await database.pool.query<{ name: string }>(text)).rows,
        )
        const jobs = await database.pool.query<{ waiting: number; running: number; failed: number }>(
          'select * from gw_job_counts()',
        )
        const counts = jobs.rows[0] ?? { waiting: 0, running: 0, failed: 0 }
        const ok = migrations.pending === 0
        return {
          status: ok ? ('ok' as const) : ('degraded' as const),
          version: options.version,
          database: { ok: true, version: server.rows[0]?.server_version ?? null, embedded: options.embedded },
          migrations,
          jobs: { ok: counts.failed === 0, ...counts },
        }
      } catch {
        return reply.code(503).send({
          status: 'degraded' as const,
          version: options.version,
          database: { ok: false, version: null, embedded: options.embedded },
          migrations: { applied: 0, pending: 0, latest: null },
          jobs: { ok: false, waiting: 0, running: 0, failed: 0 },
        })
      }
    },
  )
}
