import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { runAs } from '../../apps/server/src/platform/embedded-postgres/account.ts'
import { isAlivePipeHeld } from '../../apps/server/src/platform/embedded-postgres/alive-pipe.ts'
import { inspectProcess } from '../../apps/server/src/platform/embedded-postgres/process-info.ts'
import { DataFolder, end, eventually, query } from './postgres-harness.ts'

const isRoot = process.getuid?.() === 0
const onLinux = process.platform === 'linux'

let original: DataFolder
let folder: DataFolder
const strangers: number[] = []

beforeAll(async () => {
  original = new DataFolder()
  const { process } = await original.start()
  await end(process, 'SIGTERM')
})
afterAll(() => original.remove())
beforeEach(() => {
  folder = new DataFolder(original)
})
afterEach(async () => {
  for (const pid of strangers.splice(0)) process.kill(pid, 'SIGKILL')
  await folder.remove()
})

/** Puts a row down and lets Postgres and its Node be killed at once, as by a power cut. */
async function startAndCrash(): Promise<{ port: string }> {
  const first = await folder.start()
  await query(first.url, 'create table kept as select 42 as answer')
  const pid = folder.postmaster()
  await end(first.process, 'SIGKILL')
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
  await eventually(() => (isAlivePipeHeld(folder.paths.alivePipe) ? undefined : true))
  expect(existsSync(pidFile())).toBe(true)
  return { port: new URL(first.url).port }
}

const pidFile = () => join(folder.paths.database, 'postmaster.pid')

function replacePid(pid: number) {
  const [, ...rest] = readFileSync(pidFile(), 'utf8').split('\n')
  writeFileSync(pidFile(), [pid, ...rest].join('\n'))
}

function startStranger(): number {
  // Under the account of Postgres, so that Postgres itself would take it for one of its own.
  const { pid } = spawn('sleep', ['600'], { stdio: 'ignore', ...accountOfDatabase() })
  if (pid === undefined) throw new Error('sleep did not start')
  strangers.push(pid)
  return pid
}

function accountOfDatabase() {
  const [uid = 0, gid = 0] = spawnSync('stat', ['-c', '%u %g', folder.paths.database], { encoding: 'utf8' })
    .stdout.split(' ')
    .map(Number)
  return isRoot ? runAs({ name: 'owner', uid, gid }) : {}
}

test('a clean stop leaves nothing running and every row in place', async () => {
  const first = await folder.start()
  expect(first).toMatchObject({ adopted: false })
  await query(first.url, 'create table kept as select 42 as answer')
  expect(await end(first.process, 'SIGTERM')).toBe(0)
  expect(folder.postmaster()).toBeUndefined()
  expect(existsSync(pidFile())).toBe(false)

  const second = await folder.start()
  expect(second.adopted).toBe(false)
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test('commits are durable and the settings are those of production', async () => {
  const { url } = await folder.start()
  const names = [
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'listen_addresses',
    'TimeZone',
    'server_encoding',
  ]
  const rows = await query(
    url,
    `select name, setting from pg_settings where name in ('${names.join("','")}')`,
  )
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    listen_addresses: '127.0.0.1',
    TimeZone: 'UTC',
    server_encoding: 'UTF8',
  })
  expect(await query(url, "select lower('ÄÉ') as lower, 'a' < 'B' as ascii_order")).toEqual([
    { lower: 'äé', ascii_order: false },
  ])
})

test('after kill -9 of Node the running Postgres is taken over, with its connections', async () => {
  const first = await folder.start()
  await query(first.url, 'create table kept as select 42 as answer')
  const pid = folder.postmaster()
  await end(first.process, 'SIGKILL')
  expect(folder.postmaster()).toBe(pid)

  const second = await folder.start()
  expect(second).toMatchObject({ adopted: true, url: first.url })
  expect(folder.postmaster()).toBe(pid)
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect(await end(second.process, 'SIGTERM')).toBe(0)
  expect(folder.postmaster()).toBeUndefined()
})

test('an orphan with other settings is stopped and replaced', async () => {
  const first = await folder.start()
  const pid = folder.postmaster()
  await end(first.process, 'SIGKILL')
  writeFileSync(
    folder.paths.settings,
    `${readFileSync(folder.paths.settings, 'utf8')}# of an older version\n`,
  )

  const second = await folder.start()
  expect(second.adopted).toBe(false)
  expect(folder.postmaster()).not.toBe(pid)
  expect(pid !== undefined && inspectProcess(pid)).toBeUndefined()
})

test('a power cut costs no committed row, and the stale postmaster.pid does not block the start', async () => {
  await startAndCrash()
  const { url, adopted } = await folder.start()
  expect(adopted).toBe(false)
  expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test('a postmaster.pid whose number belongs to a stranger now blocks nothing, and the stranger lives on', async () => {
  await startAndCrash()
  const stranger = startStranger()
  replacePid(stranger)
  const { url } = await folder.start()
  expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect(inspectProcess(stranger)).toBeDefined()
})

test.each(['', 'nonsense\n'])('a postmaster.pid with %j in it blocks nothing', async (text) => {
  await startAndCrash()
  writeFileSync(pidFile(), text)
  const { url } = await folder.start()
  expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }])
})

test.runIf(onLinux)('a zombie postmaster blocks nothing', async () => {
  const first = await folder.start()
  const [program = ''] = inspectProcess(folder.postmaster() ?? 0)?.arguments ?? []
  await end(first.process, 'SIGTERM')
  const zombie = await leaveZombie(program)
  replacePid(zombie)

  const { url } = await folder.start()
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(readFileSync(`/proc/${zombie}/stat`, 'utf8')).toContain(') Z ')
})

/** Runs Postgres on the folder under a parent that never waits for it, kills it, and returns what is left of it. */
async function leaveZombie(program: string): Promise<number> {
  const command = `"${program}" -D "${folder.paths.database}" -c config_file="${folder.paths.settings}" & exec sleep 600`
  const parent = spawn('/bin/sh', ['-c', command], { stdio: 'ignore', cwd: '/', ...accountOfDatabase() })
  if (parent.pid === undefined) throw new Error('sh did not start')
  strangers.push(parent.pid)
  const pid = await eventually(() => folder.postmaster())
  await eventually(() => (readFileSync(pidFile(), 'utf8').includes('ready') ? true : undefined))
  process.kill(pid, 'SIGKILL')
  await eventually(() => (inspectProcess(pid) ? undefined : true))
  return pid
}

test('socket locks that others left behind are not in the way', async () => {
  const { port } = await startAndCrash()
  const leftovers = ['', '.lock'].map((end) => join(tmpdir(), `.s.PGSQL.${port}${end}`))
  for (const file of leftovers) writeFileSync(file, `${process.pid}\n`)
  try {
    const { url } = await folder.start()
    expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(new URL(url).port).toBe(port)
  } finally {
    for (const file of leftovers) rmSync(file, { force: true })
  }
})

test('a port that somebody else took meanwhile is given up for another', async () => {
  const first = await folder.start()
  await end(first.process, 'SIGTERM')
  const other = new DataFolder(original)
  try {
    // The other Postgres remembers the same port and is there first.
    const taken = await other.start()
    expect(new URL(taken.url).port).toBe(new URL(first.url).port)
    const second = await folder.start()
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port)
  } finally {
    await other.remove()
  }
})

test('a second start on the same data folder names the first and leaves it alone', async () => {
  const first = await folder.start()
  const second = await folder.tryStart()
  expect(second.problem?.code).toBe('already_running')
  expect(second.problem?.message).toContain(`process ${first.process.pid}`)
  expect(second.problem?.message).toContain(folder.path)
  expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('of two starts at the same moment exactly one gets the data folder', async () => {
  const both = await Promise.all([folder.tryStart(), folder.tryStart()])
  expect(both.filter(({ problem }) => problem === undefined)).toHaveLength(1)
  expect(both.flatMap(({ problem }) => problem?.code ?? [])).toEqual(['already_running'])
})

test('a Postgres that dies while it is needed comes back under the same address', async () => {
  const { url } = await folder.start()
  await query(url, 'create table kept as select 42 as answer')
  const pid = folder.postmaster()
  if (pid === undefined) throw new Error('no Postgres')
  process.kill(pid, 'SIGKILL')
  const rows = await eventually(() =>
    inspectProcess(pid) ? undefined : query(url, 'select answer from kept').catch(() => undefined),
  )
  expect(rows).toEqual([{ answer: 42 }])
  expect(folder.postmaster()).not.toBe(pid)
})

test('a first start that broke off is begun again', async () => {
  rmSync(folder.paths.home, { recursive: true })
  const unfinished = `${folder.paths.unfinished}-0badcafe`
  mkdirSync(unfinished, { recursive: true })
  writeFileSync(join(unfinished, 'PG_VERSION'), '18\n')
  const { url } = await folder.start()
  expect(await query(url, 'select current_database() as name')).toEqual([{ name: 'groundwork' }])
  expect(existsSync(unfinished)).toBe(false)
})

test('the folder may be moved while nothing runs', async () => {
  const first = await folder.start()
  await query(first.url, 'create table kept as select 42 as answer')
  await end(first.process, 'SIGTERM')
  const moved = join(folder.path, 'moved')
  mkdirSync(moved)
  renameSync(join(folder.path, 'postgres'), join(moved, 'postgres'))
  const second = await folder.start(moved)
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await end(second.process, 'SIGTERM')
})

test('a lost state file costs the password, not the data', async () => {
  const first = await folder.start()
  await query(first.url, 'create table kept as select 42 as answer')
  await end(first.process, 'SIGKILL')
  rmSync(join(folder.path, 'postgres', 'state.json'))
  const second = await folder.start()
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect(new URL(second.url).password).not.toBe(new URL(first.url).password)
  const withOldPassword = new URL(second.url)
  withOldPassword.password = new URL(first.url).password
  await expect(query(withOldPassword.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
})

test('a database of another major version is refused with what to do', async () => {
  const first = await folder.start()
  await end(first.process, 'SIGTERM')
  writeFileSync(join(folder.paths.database, 'PG_VERSION'), '17\n')
  const { problem } = await folder.tryStart()
  expect(problem).toMatchObject({
    code: 'wrong_version',
    message: expect.stringMatching(/made by PostgreSQL 17, this is PostgreSQL 18.*pg_dump/s),
  })
})

test('a Postgres that refuses its settings says so in the error', async () => {
  const first = await folder.start()
  await query(first.url, "alter system set shared_preload_libraries = 'no_such_library'")
  await end(first.process, 'SIGTERM')
  const { problem } = await folder.tryStart()
  expect(problem).toMatchObject({ code: 'failed', message: expect.stringContaining('no_such_library') })
})

test.runIf(isRoot && onLinux)('root runs Postgres under an unprivileged account', async () => {
  await folder.start()
  const [, uids] = /^Uid:\s+(.*)$/m.exec(readFileSync(`/proc/${folder.postmaster()}/status`, 'utf8')) ?? []
  expect(uids?.split(/\s+/)).not.toContain('0')
})

test.runIf(isRoot && onLinux)(
  'where that account cannot go, the database lies elsewhere, and stays found',
  async () => {
    const closed = join(folder.path, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const before = existsSync('/var/lib/groundwork') ? readdirSync('/var/lib/groundwork') : []
    const first = await folder.start(closed)
    const home: string = JSON.parse(readFileSync(join(closed, 'postgres', 'state.json'), 'utf8')).home
    try {
      expect(before).not.toContain(home.split('/').at(-1))
      expect(first.said.join('\n')).toContain(`the database lies in ${home} instead`)
      await query(first.url, 'create table kept as select 42 as answer')
      await end(first.process, 'SIGTERM')

      const second = await folder.start(closed)
      expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
      await end(second.process, 'SIGTERM')
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  },
)
