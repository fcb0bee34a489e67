import { health } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { createTestServer } from '../../../../tests/support/test-server.ts'

test('health says version, database, migrations and jobs, and 503 when the database is away', async () => {
  const server = await createTestServer()
  try {
    const answer = await fetch(`${server.url}/api/health`)
    expect(answer.status).toBe(200)
    const body = health.parse(await answer.json())
    expect(body).toMatchObject({
      status: 'ok',
      database: { ok: true },
      migrations: { pending: 0 },
      jobs: { ok: true },
    })
    expect(body.database.version).toMatch(/^18/)

    await server.deps.database.close()
    const away = await fetch(`${server.url}/api/health`)
    expect(away.status).toBe(503)
    expect(health.parse(await away.json()).database.ok).toBe(false)
  } finally {
    await server.close()
  }
})

test('the API describes itself, in a page that loads nothing from elsewhere', async () => {
  const server = await createTestServer()
  try {
    const description = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
      openapi: string
      paths: object
    }
    expect(description.openapi).toBe('3.1.0')
    expect(Object.keys(description.paths)).toContain('/api/v1/assignments/next')
    const page = await fetch(`${server.url}/api/docs/`)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(await page.text()).not.toMatch(/(?:src|href)="https?:\/\//)
  } finally {
    await server.close()
  }
})
