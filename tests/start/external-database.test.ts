import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { openDatabase } from '../../apps/server/src/platform/database.ts'
import { migrate } from '../../apps/server/src/platform/migrate.ts'
import { checkExternalDatabase, DatabaseCheckError } from '../../apps/server/src/platform/postgres-check.ts'
import { createEmptyDatabase, type TestDatabase } from '../support/test-database.ts'

let database: TestDatabase
let server: Server | undefined

beforeAll(async () => {
  database = await createEmptyDatabase()
})
afterEach(() => server?.close())
afterAll(() => database.drop())

async function asAdministrator(...statements: string[]) {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

function changed(change: (url: URL) => void): string {
  const url = new URL(database.url)
  change(url)
  return url.href
}

async function problemWith(url: string): Promise<DatabaseCheckError> {
  const error = await checkExternalDatabase(url).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof DatabaseCheckError)) throw new Error(`expected a DatabaseCheckError, got ${error}`)
  return error
}

test('a good database passes', async () => {
  await checkExternalDatabase(database.url)
})

test.each([
  ['not a url', /no URL at all/],
  ['mysql://root@localhost/groundwork', /begins with "mysql:/],
  ['postgres://me@localhost', /names no database/],
])('%s is refused before any connection', async (url, message) => {
  expect(await problemWith(url)).toMatchObject({
    code: 'invalid_url',
    message: expect.stringMatching(message),
  })
})

test('a port where nobody listens', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const port = portOf(closed)
  closed.close()
  await once(closed, 'close')
  const url = changed((target) => {
    target.port = String(port)
  })
  expect(await problemWith(url)).toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining(`Nothing answers at 127.0.0.1:${port}`),
  })
})

test('a host without an address', async () => {
  const url = changed((target) => {
    target.hostname = 'no-such-host.invalid'
  })
  expect(await problemWith(url)).toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('no-such-host'),
  })
})

test('a wrong password, which the message does not repeat', async () => {
  const url = changed((target) => {
    target.password = 'guessed-wrong'
  })
  const problem = await problemWith(url)
  expect(problem.code).toBe('wrong_password')
  expect(problem.message).not.toContain('guessed-wrong')
})

test('a database that is missing, with the statement that makes it', async () => {
  const url = changed((target) => {
    target.pathname = '/not-there'
  })
  expect(await problemWith(url)).toMatchObject({
    code: 'no_database',
    message: expect.stringContaining('create database "not-there" owner "groundwork"'),
  })
})

test('an account without rights gets the statements that give them, and they are enough', async () => {
  await asAdministrator("create role stranger login password 'x'")
  const url = changed((target) => {
    target.username = 'stranger'
    target.password = 'x'
  })
  const problem = await problemWith(url)
  expect(problem.code).toBe('no_rights')
  const statements = problem.message.split('\n').slice(1)
  expect(statements.length).toBeGreaterThanOrEqual(2)

  await asAdministrator(...statements)
  await checkExternalDatabase(url)
  await asAdministrator('drop owned by stranger')
})

test('an account that may create roles needs no help, and the application runs as its own role', async () => {
  const own = await createEmptyDatabase()
  const name = new URL(own.url).pathname.slice(1)
  await asAdministrator(
    "create role builder login createrole password 'x'",
    `alter database ${name} owner to builder`,
  )
  const url = new URL(own.url)
  url.username = 'builder'
  url.password = 'x'
  // The role exists already on this server and belongs to its administrator.
  await asAdministrator('grant groundwork_app to builder with admin option, inherit false, set false')
  await checkExternalDatabase(url.href)
  await migrate(url.href)
  const { pool, close } = openDatabase(url.href, 2)
  expect((await pool.query('select current_user as who')).rows).toEqual([{ who: 'groundwork_app' }])
  await close()
  await own.drop()
})

test('a read-only database', async () => {
  const name = new URL(database.url).pathname.slice(1)
  await asAdministrator(`alter database ${name} set default_transaction_read_only = on`)
  expect(await problemWith(database.url)).toMatchObject({ code: 'read_only' })
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  await client.query(`alter database ${name} reset default_transaction_read_only`)
  await client.end()
})

test('a server that is too old', async () => {
  server = createServer((socket) => socket.once('data', () => speakAsVersion('14.12', socket)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  expect(await problemWith(`postgres://me:x@127.0.0.1:${portOf(server)}/db`)).toMatchObject({
    code: 'too_old',
    message: expect.stringMatching(/is version 14\.12; Groundwork needs 15 or newer/),
  })
})

/** The least of the Postgres protocol: let the client in, and answer any query with the version. */
function speakAsVersion(version: string, socket: Socket) {
  const authenticationOk = message('R', int32(0))
  const ready = message('Z', Buffer.from('I'))
  socket.write(Buffer.concat([authenticationOk, message('S', text('server_version'), text(version)), ready]))
  socket.on('data', (data) => {
    if (data[0] !== 'Q'.charCodeAt(0)) return
    const column = [text('server_version'), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]
    const description = message('T', int16(1), ...column)
    const row = message('D', int16(1), int32(version.length), Buffer.from(version))
    socket.write(Buffer.concat([description, row, message('C', text('SHOW')), ready]))
  })
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body])
}

const text = (value: string) => Buffer.from(`${value}\0`)

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeInt16BE(value)
  return buffer
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeInt32BE(value)
  return buffer
}

function portOf(listening: Server): number {
  const address = listening.address()
  if (typeof address !== 'object' || !address) throw new Error('not listening')
  return address.port
}
