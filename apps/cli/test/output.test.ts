import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const bin = fileURLToPath(new URL('../bin/groundwork.mjs', import.meta.url))

test('a reader that has seen enough ends the command without an error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-cli-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'labels.csv')
  const rows = Array.from(
    { length: 50_000 },
    (_, index) => `w${index % 7},task-${index},${index % 2 ? 'yes' : 'no'}\n`,
  )
  await writeFile(file, `worker,task,label\n${rows.join('')}`)
  const child = spawn(process.execPath, [bin, 'aggregate', file, '--method', 'majority'], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    complaint += chunk
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const [code] = await once(child, 'close')
  expect({ code, complaint }).toEqual({ code: 0, complaint: '' })
})
