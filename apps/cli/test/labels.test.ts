import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli, runCliJson } from '../../../tests/support/run-cli.ts'

/** These commands need no server. */
const nowhere = { url: 'http://127.0.0.1:1', apiKey: '' }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundwork-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function file(name: string, lines: string[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `${lines.join('\n')}\n`)
  return path
}

const labels = () =>
  file('labels.csv', [
    'worker,task,label',
    ...['t1', 't2', 't3', 't4'].flatMap((task, index) => [
      `ada,${task},${index % 2 ? 'spam' : 'fine'}`,
      `bo,${task},${index % 2 ? 'spam' : 'fine'}`,
      `"cy, the third",${task},spam`,
    ]),
  ])

test('aggregate writes a row per task with a column per class, and reliabilities of workers', async () => {
  const out = join(folder, 'out.csv')
  const workers = join(folder, 'workers.csv')
  const gold = await file('gold.csv', ['task,label', 't1,fine', 't2,spam', 't3,fine', 'unknown,fine'])
  const summary = await runCliJson<{
    method: string
    tasks: number
    workers: number
    score: { tasks: number; accuracy: number }
  }>(
    [
      'aggregate',
      await labels(),
      '--method',
      'majority',
      '--score',
      gold,
      '--out',
      out,
      '--workers',
      workers,
    ],
    nowhere,
  )
  expect(summary).toMatchObject({
    method: 'majority',
    tasks: 4,
    workers: 3,
    score: { tasks: 3, accuracy: 1 },
  })
  const [header, first] = (await readFile(out, 'utf8')).split('\n')
  expect(header).toBe('task,label,confidence,fine,spam')
  expect(first?.startsWith('t1,fine,0.666')).toBe(true)
  expect(await readFile(workers, 'utf8')).toContain('"cy, the third",4,')
})

test('known answers are kept, and inform what is learnt of people', async () => {
  const out = join(folder, 'informed.csv')
  const gold = await file('known.csv', ['task,label', 't1,spam'])
  await runCliJson(
    [
      'aggregate',
      await labels(),
      '--method',
      'dawid-skene',
      '--gold',
      gold,
      '--out',
      out,
      '--max-iterations',
      '20',
    ],
    nowhere,
  )
  expect((await readFile(out, 'utf8')).split('\n')[1]).toMatch(/^t1,spam,1,/)
})

test('without --out the posteriors go to standard output, and auto is the default', async () => {
  const { code, stdout } = await runCli(['aggregate', await labels()], nowhere)
  expect(code).toBe(0)
  expect(stdout.split('\n')).toHaveLength(6)
})

test('agreement says its coefficients with intervals', async () => {
  const readable = await runCli(['agreement', await labels()], nowhere)
  expect(readable.stdout).toMatch(/Krippendorff's alpha\s+-?0\.\d{4} \(95 %: /)
  const summary = await runCliJson<{ percent: { value: number } }>(['agreement', await labels()], nowhere)
  expect(summary.percent.value).toBeCloseTo(2 / 3, 10)
})

test('a worker with two answers to one task is counted and said, and handled as asked', async () => {
  const twice = await file('twice.csv', ['worker,task,label', 'ada,t1,a', 'ada,t1,b', 'bo,t1,b', 'bo,t2,a'])
  const all = await runCliJson<{ labels: number; duplicates: { repeated: number; conflicting: number } }>(
    ['agreement', twice],
    nowhere,
  )
  expect(all).toMatchObject({ labels: 4, duplicates: { repeated: 1, conflicting: 1 } })
  const first = await runCliJson<{ labels: number }>(['agreement', twice, '--duplicates', 'first'], nowhere)
  expect(first.labels).toBe(3)
})

test.each([
  ['a missing column', ['worker,task', 'ada,t1'], /label/],
  ['an empty file', [], /empty|no /i],
  ['a row that is too short', ['worker,task,label', 'ada,t1,a', 'ada,t2'], /line 3/],
  ['one label only', ['worker,task,label'], /.+/],
])('%s is told in plain words', async (_name, lines, wanted) => {
  const { code, stderr, stdout } = await runCli(['aggregate', await file('bad.csv', lines)], nowhere)
  expect(code).toBe(1)
  expect(stderr).toMatch(wanted)
  expect(stdout).toBe('')
})

test('a method that does not exist is refused with those that do', async () => {
  const { code, stderr } = await runCli(['aggregate', await labels(), '--method', 'oracle'], nowhere)
  expect(code).toBe(1)
  expect(stderr).toContain('dawid-skene')
})
