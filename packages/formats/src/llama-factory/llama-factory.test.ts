import { expect, test } from 'vitest'
import { converted, faultsOf, readGood } from '../../test/reading.ts'
import { detectFormat } from '../index.ts'

const detected = (row: object) => detectFormat(Buffer.from(JSON.stringify(row)), 'all').format
const turns = [
  { from: 'human', value: 'q' },
  { from: 'gpt', value: 'bad answer' },
]

test('kto_tag is a thumb, and no demonstration', async () => {
  for (const row of [
    { conversations: turns, kto_tag: false },
    { instruction: 'q', input: '', output: 'bad answer', kto_tag: false },
  ]) {
    const [item] = await readGood([row], { kinds: 'all' })
    expect(item?.annotations).toEqual([{ verdict: { type: 'thumb', candidate: 'a', good: false } }])
    expect(item?.task.metadata).toBe(undefined)
    expect((await converted([row], 'trl-sft')).dropped).toEqual({ no_demonstration: 1 })
    expect((await converted([row], 'trl-unpaired')).rows).toMatchObject([{ label: false }])
  }
  expect(await faultsOf([{ conversations: turns, kto_tag: 'no' }], { format: 'sharegpt' })).toEqual([
    '1 wrong_type',
  ])
})

test('preferences in the shape of Alpaca keep their instruction and their whole answers', async () => {
  const row = {
    instruction: 'Complete',
    input: '',
    chosen: 'The sky is blue.',
    rejected: 'The sky is green.',
    system: 's',
    history: [['q1', 'a1']],
  }
  expect(detected(row)).toBe('llama-factory')
  const { rows } = await converted([row, { ...row, input: 'this' }], 'trl-preference')
  expect(rows).toMatchObject([
    {
      prompt: [
        { role: 'system', content: 's' },
        { role: 'user', content: 'q1' },
        { role: 'assistant', content: 'a1' },
        { role: 'user', content: 'Complete' },
      ],
      chosen: [{ content: 'The sky is blue.' }],
      rejected: [{ content: 'The sky is green.' }],
    },
    { prompt: [{}, {}, {}, { content: 'Complete\nthis' }] },
  ])
})

test('no prompt is taken out of two texts while another column looks like it', async () => {
  const row = { system: 's', question: 'Sky?', chosen: 'The sky is blue.', rejected: 'The sky is green.' }
  expect(detected(row)).toBe('pairs')
  const { rows } = await converted([row], 'trl-preference')
  expect(rows).toMatchObject([
    {
      prompt: [{ content: 's' }, { content: 'Sky?' }],
      chosen: [{ content: 'The sky is blue.' }],
      rejected: [{ content: 'The sky is green.' }],
    },
  ])
  expect(await faultsOf([row], { format: 'trl-preference' })).toEqual(['1 missing_field'])
})
