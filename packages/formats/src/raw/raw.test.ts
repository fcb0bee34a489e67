import { textMessage } from '@groundwork/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultsOf, readGood } from '../../test/reading.ts'
import { type RawRow, writeRaw } from './write.ts'

const row = (text: string, over: Partial<RawRow> = {}): RawRow => ({
  id: 't1',
  task: {
    externalId: 'x1',
    context: [textMessage('user', text)],
    candidates: [
      {
        id: 'a',
        model: 'm',
        messages: [
          {
            role: 'assistant',
            parts: [
              { type: 'reasoning', text },
              { type: 'text', text: 'one' },
            ],
          },
        ],
      },
      {
        id: 'b',
        messages: [
          { role: 'assistant', parts: [], toolCalls: [{ id: 'c', name: 'f', argumentsJson: '{ }' }] },
        ],
      },
    ],
    reference: { any: [1, null] },
    metadata: { lang: 'en' },
  },
  gold: 'b',
  judgments: [{ trainer: 'p1', answer: { preference: { outcome: 'b', strength: 2 } } }],
  consensus: { preference: { value: 'b' } },
  ...over,
})
async function write(rows: RawRow[]) {
  const { blocks, report } = writeRaw(rows)
  const text = (await Array.fromAsync(blocks)).map((block) => block.text).join('')
  return { text, report }
}

test('golden: one line a task, keys sorted, everything in it', async () => {
  const { text, report } = await write([
    { ...row('q'), task: { context: [textMessage('user', 'q')], candidates: [] } },
  ])
  expect(text).toBe(
    '{"consensus":{"preference":{"value":"b"}},"gold":"b","id":"t1",' +
      '"judgments":[{"answer":{"preference":{"outcome":"b","strength":2}},"trainer":"p1"}],' +
      '"task":{"candidates":[],"context":[{"parts":[{"text":"q","type":"text"}],"role":"user"}]},"version":1}\n',
  )
  expect(report).toEqual({ kept: 1, dropped: {}, notes: {}, splits: { train: 1 } })
})

test('round trip: task and gold come back as they were', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\u0000')),
      async (text) => {
        const given = row(text)
        const [item] = await readGood((await write([given])).text)
        expect(item).toMatchObject({ dedupeKey: 'x1', gold: 'b', task: given.task })
      },
    ),
    { seed: 5, numRuns: 100 },
  )
})

test('bare task payloads are read too; what does not fit the schema is named', async () => {
  const bare = {
    context: [textMessage('user', 'q')],
    candidates: [{ id: 'a', messages: [textMessage('assistant', 'a')] }],
  }
  expect((await readGood([bare]))[0]?.task).toEqual(bare)
  const rows = [
    { ...bare, surprise: 1 },
    { ...bare, candidates: 'none' },
    { candidates: [] },
    { ...bare, context: [{ role: 'wizard', parts: [] }] },
    { task: bare, gold: 'maybe' },
    { ...bare, externalId: 'x'.repeat(301) },
    { ...bare, metadata: { x: '\u0000' } },
  ]
  expect(await faultsOf(rows, { format: 'raw' })).toEqual([
    '1 unknown_field',
    '2 wrong_type',
    '3 missing_field',
    '4 unknown_role',
    '5 unknown_gold',
    '6 too_long',
    '7 nul_character',
  ])
})
