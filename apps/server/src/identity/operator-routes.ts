import { api, id } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { type Deps, invalidInput, route } from '../platform/index.ts'
import { type MailRow, recentMail } from './mail-queries.ts'
import { listUsers, type OperatorUserRow, overviewRow } from './operator-queries.ts'
import { setOperator } from './set-operator.ts'

export function operatorRoutes(app: FastifyInstance, deps: Deps): void {
  const { database, mailer, version } = deps

  route(app, api.getOperatorOverview, 'operator', async () => {
    const row = await database.transaction('system', overviewRow)
    const { jobs_waiting: waiting, jobs_failed: failed, ...counts } = row
    return { version, counts, mail: { configured: mailer.configured }, jobs: { waiting, failed } }
  })

  route(app, api.listOperatorUsers, 'operator', async ({ query }) => {
    const before = query.cursor
    if (before !== undefined && !id.safeParse(before).success) {
      throw invalidInput([
        { path: 'cursor', code: 'invalid_cursor', message: 'Not a cursor that an earlier page gave.' },
      ])
    }
    const search = query.search?.trim() || undefined
    const rows = await database.transaction('system', (tx) =>
      listUsers(tx, { search, before, limit: query.limit + 1 }),
    )
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return { items: page.map(presentUser), nextCursor: rows.length > page.length && last ? last.id : null }
  })

  route(app, api.setOperator, 'operator', async ({ caller, params, body }) =>
    presentUser(await setOperator(deps, caller, { userId: params.id, operator: body.operator })),
  )

  route(app, api.listOperatorMail, 'operator', async () => {
    const rows = await database.transaction('system', recentMail)
    return { items: rows.map(presentMail) }
  })
}

const presentUser = (row: OperatorUserRow) => ({
  id: row.id,
  name: row.name,
  email: row.email,
  operator: row.operator,
  trainer: row.trainer,
  organizations: row.organizations,
  createdAt: row.created_at.toISOString(),
})

const presentMail = (row: MailRow) => ({
  id: row.id,
  kind: row.kind,
  to: row.recipient,
  subject: row.subject,
  link: row.link,
  createdAt: row.created_at.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
  error: row.error,
})
