import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inspectProcess } from '../../apps/server/src/platform/embedded-postgres/process-info.ts'
import { end, eventually } from './postgres-harness.ts'

/** Says its number, then each signal, and leaves half a second after the first with code 7. */
const CHILD = `
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
  console.log(signal)
  setTimeout(() => process.exit(7), 500)
})
setInterval(() => undefined, 1000)
console.log(process.pid)
`

let folder: string
let supervisor: ChildProcess
let lines: AsyncIterator<string>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'groundwork-supervise-'))
  const child = join(folder, 'child.mjs')
  const parent = join(folder, 'parent.mjs')
  const module = new URL('../../scripts/supervise-child.mjs', import.meta.url).href
  writeFileSync(child, CHILD)
  writeFileSync(
    parent,
    `import { runInForeground } from '${module}'\nrunInForeground([${JSON.stringify(child)}])\n`,
  )
  // A group of its own, to which a terminal's Ctrl-C can be sent as a whole.
  const spawned = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  supervisor = spawned
  lines = createInterface({ input: spawned.stdout })[Symbol.asyncIterator]()
})
afterEach(async () => {
  await end(supervisor, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function nextLine(): Promise<string | undefined> {
  const { value, done } = await lines.next()
  return done ? undefined : value
}

test('Ctrl-C reaches the server once, and its exit code is passed on', async () => {
  expect(Number(await nextLine())).toBeGreaterThan(0)
  // The terminal sends it to everyone in the foreground, and npm passes its own on.
  process.kill(-Number(supervisor.pid), 'SIGINT')
  supervisor.kill('SIGINT')
  expect(await nextLine()).toBe('SIGINT')
  expect(await nextLine()).toBeUndefined()
  expect(await end(supervisor, 'SIGTERM')).toBe(7)
})

test('SIGTERM is passed on as such', async () => {
  await nextLine()
  supervisor.kill('SIGTERM')
  expect(await nextLine()).toBe('SIGTERM')
  expect(await nextLine()).toBeUndefined()
})

test('when the supervisor is killed outright the server shuts down all the same', async () => {
  const pid = Number(await nextLine())
  await end(supervisor, 'SIGKILL')
  expect(await nextLine()).toBe('SIGTERM')
  await eventually(() => (inspectProcess(pid) ? undefined : true))
})
