import { messageText, taskPayload } from '@groundwork/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { converted, readAll, readGood } from '../test/reading.ts'
import { samples } from '../test/samples.ts'
import { annotationSchema } from './feedback/annotation-schema.ts'
import { detectFormat, FormatError, faultCodes, type TaskFormat, type WriteFormat, writers } from './index.ts'
import { selfDescribing } from './read-formats.ts'

const names = selfDescribing.map(({ name }) => name)

test.each(names)('%s: a row is recognised as what it is', (name) => {
  const detected = detectFormat(Buffer.from(JSON.stringify(samples[name])), 'all')
  expect(detected.format).toBe(name)
  expect(detected.evidence).toMatch(/^`.*\.$/)
})

test.each(names)('%s: a row is read into tasks that fit the contract', async (name) => {
  const items = await readGood([samples[name]], { format: name })
  expect(items.length).toBeGreaterThan(0)
  for (const { task, annotations } of items) {
    expect(taskPayload.parse(task)).toEqual(task)
    for (const each of annotations) expect(annotationSchema.parse(each)).toEqual(each)
    const pairs = selfDescribing.find((each) => each.name === name)?.pairs
    if (pairs) expect(task.candidates.map(({ id }) => id)).toEqual(['a', 'b'])
  }
})

test('formats whose tasks are not pairs are not taken for pairs', async () => {
  for (const { name, pairs } of selfDescribing) {
    if (pairs) continue
    const found = detectFormat(Buffer.from(JSON.stringify(samples[name]))).format
    expect(selfDescribing.find((each) => each.name === found)?.pairs ?? true).toBe(true)
  }
})

test.each(names)('%s: the lossless format brings everything back', async (name) => {
  const items = await readGood([samples[name]], { format: name, kinds: 'all' })
  const { text } = await converted([samples[name]], 'raw', { from: name })
  const again = await readGood(text, { format: 'raw' })
  expect(again.map(({ line, ...rest }) => rest)).toEqual(items.map(({ line, ...rest }) => rest))
})

test('every format into every other: rows or a reason, never an accident', async () => {
  for (const from of names) {
    for (const to of Object.keys(writers) as WriteFormat[]) {
      const { rows, dropped } = await converted([samples[from]], to, { from })
      const reasons = Object.keys(dropped)
      expect(rows.length + reasons.length, `${from} → ${to}`).toBeGreaterThan(0)
      expect(reasons.every((each) => /^[a-z_]+$/.test(each))).toBe(true)
    }
  }
})

/** What each writer should write so that its own reader reads the same again. */
const roundTrips: [TaskFormat, WriteFormat][] = [
  ['trl-preference', 'trl-preference'],
  ['trl-sft', 'trl-sft'],
  ['trl-unpaired', 'trl-unpaired'],
  ['trl-stepwise', 'trl-stepwise'],
  ['trl-prompt-only', 'trl-prompt-only'],
  ['openai-rft', 'openai-rft'],
  ['helpsteer3', 'helpsteer3'],
  ['hh-rlhf', 'hh-rlhf'],
  ['axolotl', 'axolotl'],
]
test.each(roundTrips)('%s comes back as the same rows', async (from, to) => {
  if (from === 'pairs') return
  expect((await converted([samples[from]], to, { from })).rows).toEqual([samples[from]])
})

const strange = fc.string({
  unit: fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\r\n',
    '\t',
    '😀',
    '\u2028',
    '"',
    '\\',
    '\ufeff',
    '[',
    'ß',
    '\u0001',
  ),
  maxLength: 10,
})
const visible = strange.filter((text) => text.trim() !== '')
const textOf = (item: Awaited<ReturnType<typeof readGood>>[number]) =>
  [...item.task.context, ...item.task.candidates.flatMap((each) => each.messages)].map(messageText)

test('every text goes through every format unchanged', async () => {
  const preferences: WriteFormat[] = [
    'trl-preference',
    'openai-dpo',
    'llama-factory',
    'hh-rlhf',
    'helpsteer3',
  ]
  const demonstrations: WriteFormat[] = [
    'trl-sft',
    'trl-prompt-completion',
    'openai-sft',
    'sharegpt',
    'alpaca',
  ]
  await fc.assert(
    fc.asyncProperty(visible, visible, visible, async (prompt, good, bad) => {
      fc.pre(good !== bad)
      for (const to of preferences) {
        const { text } = await converted([{ prompt, chosen: good, rejected: bad }], to)
        const [item] = await readGood(text, { format: to as TaskFormat })
        expect(item && textOf(item), to).toEqual([prompt, good, bad])
      }
      for (const to of demonstrations) {
        const { text } = await converted([{ prompt, completion: good }], to)
        const [item] = await readGood(text, { format: to as TaskFormat })
        expect(item && textOf(item), to).toEqual([prompt, good])
      }
    }),
    { seed: 6, numRuns: 40 },
  )
})

/** A value in whose place anything may stand: the way in which a file is broken by hand or by a faulty program. */
function mutate(value: unknown, choose: () => number): unknown {
  const kind = choose() % 7
  if (kind === 0)
    return [null, 5, -1, '', ' ', '\u0000', '\ud800', true, {}, [], [null], [[]], { a: {} }, 1e300][
      choose() % 14
    ]
  if (Array.isArray(value)) return value.map((each) => (choose() % 3 === 0 ? mutate(each, choose) : each))
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => [
      key,
      choose() % 4 === 0 ? mutate(each, choose) : each,
    ])
    return Object.fromEntries(kind === 1 ? entries.slice(1) : entries)
  }
  return value
}

test.each(names)('%s: broken rows are refused with a code, never with an accident', async (name) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1_000), { minLength: 60, maxLength: 60 }), async (numbers) => {
      let at = 0
      const choose = () => numbers[at++ % numbers.length] ?? 0
      const row = Object.fromEntries(
        Object.entries(samples[name]).map(([key, value]) => [
          key,
          choose() % 2 ? mutate(value, choose) : value,
        ]),
      )
      const items = await readAll([row, samples[name]], { format: name }, 10_000)
      for (const item of items) {
        if (item.kind === 'rejected') {
          expect(faultCodes).toContain(item.code)
          expect(item.message).toMatch(/[.)]$/)
        }
        if (item.kind === 'task') expect(taskPayload.safeParse(item.task).error).toBe(undefined)
      }
      expect(items.some((item) => item.kind === 'task' && item.line === 2)).toBe(true)
    }),
    { seed: 7, numRuns: 60 },
  )
})

test('a value nested without end in any field of any format is refused', async () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  for (const name of names) {
    const whole = await readAll(`{"x":${deep}}`, { format: name }, 100_000)
    expect(whole).toMatchObject([{ code: 'too_deep' }])
    for (const field of [...Object.keys(samples[name]), 'any\u0000\ud800']) {
      const row = JSON.stringify({ ...samples[name], [field]: 'DEEP' }).replace('"DEEP"', deep)
      const [item] = await readAll(row, { format: name }, 100_000)
      const plain = item?.kind === 'task' && item.annotations.length >= 0
      expect(plain || item?.kind === 'rejected', `${name}.${field}`).toBe(true)
      if (item?.kind === 'rejected')
        expect(item.message.isWellFormed() && !item.message.includes('\0')).toBe(true)
    }
  }
})

test('damaged files of every format and container: 600 of them, none by accident', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.boolean(),
      fc.array(fc.tuple(fc.nat(4_000), fc.nat(255)), { maxLength: 4 }),
      fc.nat(4_000),
      async (name, asArray, changes, cut) => {
        const rows = [samples[name], samples[name], samples[name]]
        const text = asArray ? JSON.stringify(rows) : rows.map((row) => JSON.stringify(row)).join('\n')
        const file = Buffer.from(text)
        for (const [at, byte] of changes) file[at % file.length] = byte
        const damaged = cut % 2 ? file.subarray(0, cut % file.length) : file
        try {
          for (const item of await readAll(damaged, { format: 'auto', kinds: 'all' }, 500)) {
            if (item.kind === 'rejected') expect(faultCodes).toContain(item.code)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError)
        }
      },
    ),
    { seed: 8, numRuns: 600 },
  )
})
