import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { count } from './measure.ts'

const cli = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url))

/** `groundwork convert` of preference rows to Parquet and to JSONL, beside writing the same bytes to the disk as they are. */
export async function benchConvert({ rows }: { rows: number }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-bench-'))
  try {
    const source = join(folder, 'in.jsonl')
    await pipeline(Readable.from(lines(rows)), createWriteStream(source))
    const { size } = await stat(source)
    const megabytes = size / 1e6
    console.log(`Convert: ${count(rows)} TRL preference rows, ${count(megabytes)} MB of JSONL`)
    const raw = await rawDisk(join(folder, 'raw'), size)
    console.log(`  the disk alone             ${count(megabytes / raw).padStart(7)} MB/s, written and synced`)
    for (const [name, to] of [
      ['to Parquet', 'out.parquet'],
      ['to OpenAI DPO, JSONL', 'out.jsonl'],
    ] as const) {
      const format = to.endsWith('.parquet') ? 'trl-preference' : 'openai-dpo'
      const { seconds, peak } = await convert([source, '--to', format, '--out', join(folder, to)])
      console.log(
        `  ${name.padEnd(24)} ${count(rows / seconds).padStart(9)} rows/s  ${count(megabytes / seconds).padStart(5)} MB/s  ` +
          `${((100 * raw) / seconds).toFixed(0)} % of the disk  peak memory ${count(peak)} MiB, children included`,
      )
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function* lines(rows: number): Generator<string> {
  const words = 'the answer says how long water has to boil before tea is made of it, and why that is so '
  let block = ''
  for (let row = 0; row < rows; row++) {
    const say = (role: string, text: string) => ({ role, content: text })
    block += `${JSON.stringify({
      prompt: [say('user', `Question ${row}: ${words}`)],
      chosen: [say('assistant', `Better ${row}: ${words.repeat(2)}`)],
      rejected: [say('assistant', `Worse ${row}: ${words}`)],
    })}\n`
    if (block.length > 1 << 20) {
      yield block
      block = ''
    }
  }
  yield block
}

/** Seconds to write as many bytes in large blocks and to have them on the disk. */
async function rawDisk(file: string, bytes: number): Promise<number> {
  const block = Buffer.alloc(1 << 20, 'x')
  const start = performance.now()
  const handle = await open(file, 'w')
  for (let left = bytes; left > 0; left -= block.length)
    await handle.write(block, 0, Math.min(left, block.length))
  await handle.sync()
  await handle.close()
  const seconds = (performance.now() - start) / 1000
  await rm(file)
  return seconds
}

async function convert(args: string[]): Promise<{ seconds: number; peak: number }> {
  const start = performance.now()
  const child = spawn(process.execPath, ['--no-deprecation', cli, 'convert', ...args], { stdio: 'ignore' })
  let peak = 0
  const sample = setInterval(() => {
    void memoryOf(child.pid ?? 0).then((now) => {
      peak = Math.max(peak, now)
    })
  }, 100)
  const [code] = (await once(child, 'exit')) as [number | null]
  clearInterval(sample)
  if (code !== 0) throw new Error(`convert ended with ${code}.`)
  return { seconds: (performance.now() - start) / 1000, peak }
}

/** Resident memory of a process and of the processes that it started, in MiB; 0 where /proc does not tell. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => [])
  const children = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  )
  const pids = children.join(' ').split(/\s+/).filter(Boolean).map(Number)
  const below = await Promise.all(pids.map(memoryOf))
  return own + below.reduce((sum, each) => sum + each, 0)
}
