import { type Message, messageText, type TaskPayload, textMessage } from '@groundwork/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultsOf, readAll, readGood } from '../../test/reading.ts'
import { splitTexts } from '../content/divergence.ts'
import { type DecidedTask, type PreferenceOptions, preferenceRow, writeTrlPreference } from '../index.ts'

const user = (content: string) => ({ role: 'user', content })
const assistant = (content: string) => ({ role: 'assistant', content })
const plain = (messages: Message[]) => messages.map((each) => `${each.role}: ${messageText(each)}`)
async function shapes(rows: object[] | string, format: 'auto' | 'trl-preference' = 'auto') {
  return (await readGood(rows, { format })).map(({ task, gold }) => [
    plain(task.context),
    ...task.candidates.map((each) => plain(each.messages)),
    gold,
  ])
}

test('explicit prompt, conversational: a is chosen, and gold', async () => {
  expect(
    await shapes([{ prompt: [user('q')], chosen: [assistant('good')], rejected: [assistant('bad')] }]),
  ).toEqual([[['user: q'], ['assistant: good'], ['assistant: bad'], 'a']])
})

test('explicit prompt, plain: white space is content', async () => {
  expect(await shapes([{ prompt: 'The sky is', chosen: ' blue.', rejected: ' green.\n' }])).toEqual([
    [['user: The sky is'], ['assistant:  blue.'], ['assistant:  green.\n'], 'a'],
  ])
})

test('implicit prompt, conversational: what both share, also when every message has its own id', async () => {
  const rows = [
    {
      chosen: [
        { ...user('q'), id: 1 },
        { ...assistant('r'), id: 2 },
        { ...user('s'), id: 3 },
        { ...assistant('good'), id: 4 },
      ],
      rejected: [
        { ...user('q'), id: 5 },
        { ...assistant('r'), id: 6 },
        { ...user('s'), id: 7 },
        { ...assistant('bad'), id: 8 },
      ],
    },
  ]
  expect(await shapes(rows)).toEqual([
    [['user: q', 'assistant: r', 'user: s'], ['assistant: good'], ['assistant: bad'], 'a'],
  ])
  const notes = (await readAll(rows)).filter((item) => item.kind === 'note')
  expect(notes).toMatchObject([{ code: 'message_field_left_out', message: expect.stringContaining('"id"') }])
})

test('implicit prompt, conversational: one conversation is the beginning of the other', async () => {
  const rows = [
    { chosen: [user('q'), assistant('a')], rejected: [user('q'), assistant('a'), user('s'), assistant('b')] },
  ]
  expect(await shapes(rows)).toEqual([
    [['user: q'], ['assistant: a'], ['assistant: a', 'user: s', 'assistant: b'], 'a'],
  ])
})

test('implicit prompt, plain: cut before a word, the space goes to the completions', async () => {
  expect(await shapes([{ chosen: 'The sky is blue.', rejected: 'The sky is black.' }])).toEqual([
    [['user: The sky is'], ['assistant:  blue.'], ['assistant:  black.'], 'a'],
  ])
  expect(splitTexts('Q: x\nA: yes', 'Q: x\nA: yes sir')).toEqual({
    prompt: 'Q: x\nA:',
    a: ' yes',
    b: ' yes sir',
  })
  expect(splitTexts('say 😀', 'say 😁')).toEqual({ prompt: 'say', a: ' 😀', b: ' 😁' })
  expect(await faultsOf([{ chosen: 'blue', rejected: 'black' }])).toEqual(['1 missing_field'])
})

test('a plain split loses nothing, leaves nothing empty and never cuts a character', () => {
  const words = fc.array(fc.constantFrom('The', 'sky', ' ', '\n', '😀', '😁', 'é', '.', 'bl', '天空'), {
    maxLength: 8,
  })
  fc.assert(
    fc.property(words, words, words, (shared, left, right) => {
      const [one, two] = [shared.concat(left).join(''), shared.concat(right).join('')]
      fc.pre(one !== two && one !== '' && two !== '')
      const { prompt, a, b } = splitTexts(one, two)
      expect([prompt + a, prompt + b]).toEqual([one, two])
      expect([a, b]).not.toContain('')
      expect([prompt, a, b].every((each) => each.isWellFormed())).toBe(true)
    }),
    { seed: 3, numRuns: 300 },
  )
})

test('a prompt that is repeated inside chosen and rejected is taken once', async () => {
  const whole = { chosen: [user('q'), assistant('good')], rejected: [user('q'), assistant('bad')] }
  const wanted = [[['user: q'], ['assistant: good'], ['assistant: bad'], 'a']]
  expect(await shapes([{ prompt: 'q', ...whole }])).toEqual(wanted)
  expect(await shapes([{ prompt: [user('q')], ...whole }])).toEqual(wanted)
  expect(await faultsOf([{ prompt: 'something else', ...whole }])).toEqual(['1 different_prompts'])
})

test('conversations that answer different prompts are refused', async () => {
  const rows = [
    { chosen: [user('q'), assistant('a')], rejected: [user('p'), assistant('b')] },
    { chosen: [user('q')], rejected: [user('q'), assistant('b')] },
    { chosen: [], rejected: [assistant('b')] },
    { chosen: [user('q'), assistant('a')], rejected: [user('q'), assistant('a')] },
    { prompt: [user('q')], chosen: [assistant('a')], rejected: [assistant('a')] },
    { prompt: '', chosen: 'a', rejected: 'b' },
    { prompt: 'q', chosen: 'a' },
  ]
  expect(await faultsOf(rows, { format: 'trl-preference' })).toEqual([
    '1 different_prompts',
    '2 missing_field',
    '3 missing_field',
    '4 identical_candidates',
    '5 identical_candidates',
    '6 empty_text',
    '7 missing_field',
  ])
})

test('tool calls keep their arguments byte by byte; objects become text', async () => {
  const call = (given: unknown) => ({
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: given } }],
  })
  const [item] = await readGood([
    {
      prompt: [user('q')],
      chosen: [call('{ "x":1.0 }'), { role: 'tool', content: '7', tool_call_id: 'c1' }, assistant('7')],
      rejected: [call({ x: 2 })],
    },
  ])
  const calls = item?.task.candidates.map((each) => each.messages[0]?.toolCalls?.[0]?.argumentsJson)
  expect(calls).toEqual(['{ "x":1.0 }', '{"x":2}'])
  expect(item?.task.candidates[0]?.messages[1]).toMatchObject({ role: 'tool', toolCallId: 'c1' })
})

test('further columns become metadata, an id the external id', async () => {
  const [item] = await readGood([
    { id: 'x-1', prompt: 'q', chosen: 'a', rejected: 'b', margin: 2.5, tools: ['{}'] },
  ])
  expect(item).toMatchObject({
    dedupeKey: 'x-1',
    task: { externalId: 'x-1', metadata: { margin: 2.5, tools: ['{}'] } },
  })
})

test('a cell of a CSV may hold a message list', async () => {
  const cell = (rows: object[]) => `"${JSON.stringify(rows).replaceAll('"', '""')}"`
  const file = `prompt,chosen,rejected\n${cell([user('q, r')])},${cell([assistant('a')])},[not a list\n`
  expect(await shapes(file, 'trl-preference')).toEqual([
    [['user: q, r'], ['assistant: a'], ['assistant: [not a list'], 'a'],
  ])
})

const options: PreferenceOptions = {
  minConfidence: 0,
  minJudgments: 1,
  margin: 'none',
  strengthMap: { '1': 1, '2': 2, '3': 3 },
  testShare: 0,
  seed: 0,
}
const pair = (a = 'one', b = 'two', context: Message[] = [textMessage('user', 'q')]): TaskPayload => ({
  context,
  candidates: [
    { id: 'a', messages: [textMessage('assistant', a)] },
    { id: 'b', messages: [textMessage('assistant', b)] },
  ],
})
const decided = (over: Partial<DecidedTask> = {}): DecidedTask => ({
  task: pair(),
  decision: { outcome: 'b', strength: 2 },
  confidence: 0.9,
  judgments: 3,
  groupId: 'g',
  ...over,
})
async function write(rows: DecidedTask[], over: Partial<PreferenceOptions> = {}) {
  const { blocks, report } = writeTrlPreference(rows, { ...options, ...over })
  const text = { train: '', test: '' }
  for await (const block of blocks) text[block.split] += block.text
  return { ...text, report }
}

test('golden: a row has the prompt, the better and the worse answer as bare messages', async () => {
  const context = [textMessage('developer', 'Be brief.'), textMessage('user', 'Which is "more"?\r\n😀\u2028')]
  const { train, report } = await write([decided({ task: pair('one', ' two ', context) })])
  expect(train).toBe(
    '{"prompt":[{"role":"system","content":"Be brief."},{"role":"user","content":"Which is \\"more\\"?\\r\\n😀\u2028"}],' +
      '"chosen":[{"role":"assistant","content":" two "}],"rejected":[{"role":"assistant","content":"one"}]}\n',
  )
  expect(report).toEqual({
    kept: 1,
    dropped: {},
    notes: {},
    splits: { train: 1 },
    seen: { 'columns of train': ['prompt', 'chosen', 'rejected'] },
  })
})

test('margin is on every row or on none', async () => {
  const rows = [
    decided({ decision: { outcome: 'a', strength: -3 } }),
    decided({ decision: { outcome: 'b', strength: 1.4 } }),
    decided({ decision: { outcome: 'b', strength: null } }),
  ]
  const strengthMap = { '1': 1 / 3, '2': 2 / 3, '3': 1 }
  const with_ = await write(rows, { margin: 'strength', strengthMap })
  const margins = with_.train
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).margin)
  expect(margins).toEqual([1, 1 / 3])
  expect(with_.report.dropped).toEqual({ no_strength: 1 })
  const without = await write(rows)
  expect(without.train).not.toContain('margin')
  expect(without.report.kept).toBe(3)
})

test('every reason for which a task gives no row', () => {
  const tie = (outcome: 'tie' | 'both_good' | 'both_bad') => decided({ decision: { outcome, strength: 0 } })
  const context = (...messages: Message[]) => decided({ task: pair('one', 'two', messages) })
  const image = { role: 'user', parts: [{ type: 'image', assetId: 'x' }] } as const satisfies Message
  const three = pair()
  const cases: [DecidedTask, string][] = [
    [decided({ judgments: 1 }), 'too_few_judgments'],
    [decided({ decision: null }), 'not_decided'],
    [decided({ confidence: 0.4 }), 'low_confidence'],
    [tie('tie'), 'tie'],
    [tie('both_good'), 'both_good'],
    [tie('both_bad'), 'both_bad'],
    [decided({ task: { ...three, candidates: three.candidates.slice(1) } }), 'not_a_pair'],
    [context(), 'no_prompt'],
    [context(textMessage('system', 's')), 'prompt_ends_with_system'],
    [context(textMessage('user', 'q'), textMessage('assistant', 'prefill')), 'prompt_ends_with_assistant'],
    [decided({ task: pair('same', 'same') }), 'identical_candidates'],
    [context({ ...image, parts: [...image.parts] }), 'has_images'],
    [
      decided({
        task: {
          ...three,
          candidates: [...three.candidates.slice(0, 1), { id: 'b', messages: [textMessage('user', 'x')] }],
        },
      }),
      'answer_starts_with_other_role',
    ],
  ]
  for (const [row, reason] of cases)
    expect(preferenceRow(row, { ...options, minJudgments: 2, minConfidence: 0.5 })).toBe(reason)
})

test('answers that differ only in what is not written are no pair', () => {
  const task = pair('same', 'same')
  task.candidates[0]?.messages[0]?.parts.unshift({ type: 'reasoning', text: 'thought' })
  expect(preferenceRow(decided({ task }), options)).toBe('identical_candidates')
})

test('left out reasoning is counted', async () => {
  const task = pair()
  task.candidates[0]?.messages[0]?.parts.unshift({ type: 'reasoning', text: 'thought' })
  const { train, report } = await write([decided({ task })])
  expect(train).not.toContain('thought')
  expect(report.notes).toEqual({ reasoning_left_out: 1 })
})

test('groups stay together, and the same seed draws the same test split', async () => {
  const rows = Array.from({ length: 400 }, (_, n) =>
    decided({ groupId: `g${n % 100}`, task: pair(`x${n % 100}`, `y${n}`) }),
  )
  const first = await write(rows, { testShare: 0.25, seed: 7 })
  expect(await write(rows, { testShare: 0.25, seed: 7 })).toEqual(first)
  const groups = (text: string) => new Set(text.match(/x\d+/g))
  expect([...groups(first.test)].filter((each) => groups(first.train).has(each))).toEqual([])
  expect(first.report.splits).toEqual({
    train: first.train.split('\n').length - 1,
    test: first.test.split('\n').length - 1,
  })
  expect(groups(first.test).size).toBeGreaterThan(10)
  expect(groups(first.test).size).toBeLessThan(45)
  expect((await write(rows, { testShare: 0.25, seed: 8 })).test).not.toBe(first.test)
})

const anyText = fc
  .string({
    unit: fc.constantFrom(
      'a',
      ' ',
      '\n',
      '\r\n',
      '😀',
      '\u2028',
      '\u2029',
      '"',
      '\\',
      '\u0001',
      '\ufeff',
      'ß',
      '<|im_end|>',
    ),
    maxLength: 12,
  })
  .filter((text) => text.trim() !== '')

test('round trip: every text comes back byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, fc.boolean(), async (prompt, a, b, first) => {
      fc.pre(a !== b)
      const task = pair(a, b, [textMessage('system', prompt), textMessage('user', prompt)])
      const { train } = await write([
        decided({ task, decision: { outcome: first ? 'a' : 'b', strength: first ? -1 : 1 } }),
      ])
      const [item] = await readGood(train)
      expect(item?.task.context).toEqual(task.context)
      const texts = item?.task.candidates.map((each) => each.messages.map(messageText).join())
      expect(texts).toEqual(first ? [a, b] : [b, a])
    }),
    { seed: 4, numRuns: 200 },
  )
})

test('tool calls are written as they came, and counted', async () => {
  const call = { id: 'c1', name: 'f', argumentsJson: '{ "x":1.0 }' }
  const task = pair()
  const first = task.candidates[0]
  if (first)
    first.messages = [
      { role: 'assistant', parts: [], toolCalls: [call] },
      { role: 'tool', parts: [{ type: 'text', text: '7' }], toolCallId: 'c1' },
    ]
  const { train, report } = await write([decided({ task, decision: { outcome: 'a', strength: -1 } })])
  expect(JSON.parse(train).chosen).toEqual([
    {
      role: 'assistant',
      content: '',
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{ "x":1.0 }' } }],
    },
    { role: 'tool', content: '7', tool_call_id: 'c1' },
  ])
  expect(report.notes).toEqual({ with_tool_calls: 1 })
})
