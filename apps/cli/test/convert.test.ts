import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli, runCliJson } from '../../../tests/support/run-cli.ts'

/** The command needs no server. */
const nowhere = { url: 'http://127.0.0.1:1', apiKey: '' }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundwork-convert-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const user = (content: string) => ({ role: 'user', content })
const assistant = (content: string) => ({ role: 'assistant', content })
const preference = (index: number, rest: object = {}) => ({
  prompt: [user(`question ${index}`)],
  chosen: [assistant(`good, "quoted"\n${index}`)],
  rejected: [assistant('bad')],
  ...rest,
})

async function file(name: string, rows: (object | string)[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(
    path,
    rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''),
  )
  return path
}

const lines = async (path: string): Promise<unknown[]> =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

type Summary = {
  from: string
  rows: number
  dropped: Record<string, number>
  rejectedCount: number
  files: { name: string; rows?: number; split?: string }[]
}
const convert = (args: string[]) => runCliJson<Summary>(['convert', ...args], nowhere)

test('a file becomes a file of another format, and what it lost is counted', async () => {
  const votes = ['model_a', 'tie', 'model_b'].map((winner, index) => ({
    question_id: String(index),
    model_a: 'x',
    model_b: 'y',
    winner,
    conversation_a: [user('q'), assistant(`a${index}`)],
    conversation_b: [user('q'), assistant(`b${index}`)],
    turn: 1,
  }))
  const input = await file('arena.jsonl', [votes[0] ?? '', '{"broken', ...votes.slice(1)])
  const out = join(folder, 'dpo.jsonl')
  const { code, stdout } = await runCli(['convert', input, '--to', 'openai-dpo', '--out', out], nowhere)
  expect(code).toBe(0)
  expect(stdout).toContain('Read as arena, jsonl.')
  expect(stdout).toContain(`2 rows of openai-dpo in ${out}.`)
  expect(stdout).toContain('1 left out:\n  1 tie')
  expect(stdout).toMatch(/1 bad row:\n {2}line 2: .*\(bad_json\)/)
  expect(await lines(out)).toMatchObject([
    { preferred_output: [{ content: 'a0' }], non_preferred_output: [{ content: 'b0' }] },
    { preferred_output: [{ content: 'b2' }], non_preferred_output: [{ content: 'a2' }] },
  ])
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
})

test('a folder holds the splits, a card, a manifest and what the trainer wants to know', async () => {
  const input = await file(
    'pairs for training.jsonl',
    Array.from({ length: 40 }, (_, index) => preference(index)),
  )
  const out = join(folder, 'set')
  const args = [
    '--to',
    'llama-factory',
    '--out',
    out,
    '--as',
    'parquet',
    '--test-share',
    '0.3',
    '--seed',
    '5',
  ]
  const made = await convert([input, ...args])
  expect(made.files.map(({ name }) => name)).toEqual([
    'train-00000-of-00001.parquet',
    'test-00000-of-00001.parquet',
    'README.md',
    'dataset_info.json',
    'manifest.json',
  ])
  expect((await readdir(out)).sort()).toEqual(made.files.map(({ name }) => name).sort())
  expect(await readFile(join(out, 'README.md'), 'utf8')).toContain('    path: test-00000-of-00001.parquet')
  expect(JSON.parse(await readFile(join(out, 'dataset_info.json'), 'utf8'))).toMatchObject({
    pairs_for_training: { file_name: 'train-00000-of-00001.parquet', ranking: true },
    pairs_for_training_test: { file_name: 'test-00000-of-00001.parquet' },
  })
  const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({
    format: 'llama-factory',
    source: {
      name: 'pairs for training.jsonl',
      format: 'trl-preference',
      container: 'jsonl',
      rejectedRows: 0,
    },
    options: { margin: 'none', seed: 5, testShare: 0.3, unpair: false },
    rows: { considered: 40, kept: 40 },
  })
  const again = await convert([
    join(out, 'train-00000-of-00001.parquet'),
    '--to',
    'trl-preference',
    '--out',
    join(folder, 'again.jsonl'),
  ])
  expect(again).toMatchObject({ from: 'llama-factory', rows: made.files[0]?.rows })
})

test('rows come through CSV, a JSON array and Parquet as they were', async () => {
  const input = await file('chain.jsonl', [preference(1), preference(2)])
  const [csv, parquet, json, back] = ['chain.csv', 'chain.parquet', 'chain.json', 'back.jsonl'].map((name) =>
    join(folder, name),
  )
  for (const [from = '', to = ''] of [
    [input, csv],
    [csv, parquet],
    [parquet, json],
    [json, back],
  ]) {
    expect(await convert([from, '--to', 'trl-preference', '--out', to])).toMatchObject({
      rows: 2,
      rejectedCount: 0,
    })
  }
  expect(await readFile(back ?? '', 'utf8')).toBe(await readFile(input, 'utf8'))
})

test('any record is read by a map', async () => {
  const input = await file('own.csv', ['question,one,two,better', 'q,first,second,b'])
  const out = join(folder, 'mapped.jsonl')
  await convert([
    input,
    '--map',
    'prompt=question,a=one,b=two,gold=better',
    '--to',
    'trl-preference',
    '--out',
    out,
  ])
  expect(await lines(out)).toMatchObject([
    { chosen: [{ content: 'second' }], rejected: [{ content: 'first' }] },
  ])
})

test('when nothing can be converted, that is an error and no file is left', async () => {
  const input = await file('demonstrations.jsonl', [
    { messages: [user('q'), assistant('a')] },
    ...Array(25).fill('{'),
  ])
  const out = join(folder, 'nothing')
  const { code, stdout } = await runCli(['convert', input, '--to', 'trl-stepwise', '--out', out], nowhere)
  expect(code).toBe(1)
  expect(stdout).toContain('Nothing could be converted.')
  expect(stdout).toContain('1 left out:\n  1 no steps')
  expect(stdout).toContain('25 bad rows:')
  expect(stdout.match(/^ {2}line /gm)).toHaveLength(20)
  expect(stdout).toContain('… and 5 more')
  await expect(readdir(out)).rejects.toThrow('ENOENT')
})

test('what makes no sense is refused with what to do', async () => {
  const input = await file('input.jsonl', [preference(1)])
  const utf16 = join(folder, 'utf16.csv')
  await writeFile(utf16, Buffer.from('\ufeffa,b\n', 'utf16le'))
  await mkdir(join(folder, 'other'))
  const refused: [string[], string][] = [
    [
      [join(folder, 'nope'), '--to', 'raw', '--out', join(folder, 'x')],
      `There is no file ${join(folder, 'nope')}.`,
    ],
    [[folder, '--to', 'raw', '--out', join(folder, 'x')], `${folder} is a folder; name a file in it.`],
    [
      [input, '--to', 'raw', '--out', input],
      '--out names the file that is to be converted. Name another one.',
    ],
    [
      [input, '--to', 'raw', '--out', folder],
      `${input} stands in the folder that --out names, and could be overwritten. Name another folder.`,
    ],
    [
      [input, '--to', 'raw', '--out', 'x.csv', '--as', 'json'],
      '--out ends with .csv, but --as says json. Leave one of them out.',
    ],
    [
      [input, '--to', 'raw', '--out', 'x.csv', '--test-share', '0.5'],
      'A test split needs a file of its own: make --out a folder.',
    ],
    [
      [input, '--to', 'coco', '--out', join(folder, 'x.parquet')],
      `${input}: COCO is one JSON document and has no rows; write it as JSON.`,
    ],
    [
      [utf16, '--to', 'raw', '--out', join(folder, 'x.json')],
      `${utf16}: The file is UTF-16. Save it as UTF-8.`,
    ],
  ]
  const answers = refused.map(([args]) => runCli(['convert', ...args], nowhere))
  for (const [index, { code, stderr }] of (await Promise.all(answers)).entries()) {
    expect([code, stderr]).toEqual([1, `${refused[index]?.[1]}\n`])
  }
})
