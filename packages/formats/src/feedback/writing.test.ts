import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { bytes, converted } from '../../test/reading.ts'
import { convert, type Feedback, saveWritten, type WriteOptions, writeFeedback } from '../index.ts'

const say = (role: string, content: string) => ({ role, content })
const pair = {
  prompt: [say('user', 'q')],
  chosen: [say('assistant', 'a')],
  rejected: [say('assistant', 'b')],
}
const tools = [{ type: 'function', function: { name: 'f', parameters: {} } }]

test('tools are a list in TRL rows, and a text in those of LLaMA-Factory', async () => {
  expect((await converted([{ ...pair, tools }], 'trl-preference')).rows).toEqual([{ ...pair, tools }])
  const text = '[{"type": "function", "function": {"name": "f"}}]'
  const [given] = (await converted([{ ...pair, tools: text }], 'llama-factory')).rows
  expect(given).toMatchObject({ tools: text })
  const thumb = { prompt: pair.prompt, completion: pair.chosen, label: true, tools }
  expect((await converted([thumb], 'trl-unpaired')).rows).toEqual([thumb])
  const shown = { messages: [...pair.prompt, ...pair.chosen], tools }
  expect((await converted([shown], 'sharegpt')).rows).toMatchObject([{ tools: JSON.stringify(tools) }])
})

test('the margin of a source stays what it is, in every row a float', async () => {
  const rows = [
    { ...pair, margin: 2.5 },
    { ...pair, prompt: [say('user', 'r')], margin: 1 },
  ]
  const { text, notes } = await converted(rows, 'trl-preference', { write: { margin: 'strength' } })
  expect(text.match(/"margin":[^,}]+/g)).toEqual(['"margin":2.5', '"margin":1.0'])
  expect(notes).toEqual({})
  expect((await converted(rows, 'trl-preference')).notes).toEqual({ margin_left_out: 2 })
})

test('a margin of the source is not that of people who have judged since', async () => {
  const text = (value: string) => [{ type: 'text' as const, text: value }]
  const feedback: Feedback = {
    task: {
      context: [{ role: 'user', parts: text('q') }],
      candidates: ['a', 'b'].map((id) => ({ id, messages: [{ role: 'assistant', parts: text(id) }] })),
      metadata: { margin: 9 },
    },
    annotations: [{ verdict: { type: 'pairwise', a: 'a', b: 'b', outcome: 'b', strength: 2 } }],
  }
  const { blocks } = writeFeedback('trl-preference', [feedback], { margin: 'strength' })
  expect((await Array.fromAsync(blocks))[0]?.text).toContain('"margin":2.0')
})

test.each(['trl-unpaired', 'trl-prompt-completion', 'trl-prompt-only', 'trl-preference'] as const)(
  '%s: a prompt that TRL refuses gives no row',
  async (to) => {
    const of = (prompt: object[]) =>
      to === 'trl-unpaired'
        ? { prompt, completion: pair.chosen, label: true }
        : to === 'trl-preference'
          ? { ...pair, prompt }
          : to === 'trl-prompt-only'
            ? { prompt }
            : { prompt, completion: pair.chosen }
    const rows = [of([say('system', 's')]), of([say('user', 'q'), say('assistant', 'I')]), of(pair.prompt)]
    const { dropped, report } = await converted(rows, to)
    expect(report.kept).toBe(1)
    expect(dropped).toEqual({ prompt_ends_with_system: 1, prompt_ends_with_assistant: 1 })
  },
)

test('HelpSteer3: a strength that nobody gave is told; neither stays neither; contexts with calls give no row', async () => {
  expect((await converted([pair], 'helpsteer3')).notes).toEqual({ unknown_strength_as_slight: 1 })
  const row = {
    domain: 'g',
    language: 'en',
    context: pair.prompt,
    response1: 'a',
    response2: 'b',
    overall_preference: -2,
    individual_preference: [-100, -2].map((score) => ({
      score,
      reasoning: '',
      feedback1: '',
      feedback2: '',
    })),
  }
  const { rows, notes } = await converted([row], 'helpsteer3')
  expect(rows).toEqual([row])
  expect(notes).toEqual({})
  const call = { id: '1', type: 'function', function: { name: 'f', arguments: '{}' } }
  const context = [
    ...pair.prompt,
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', content: '5', tool_call_id: '1' },
  ]
  expect((await converted([{ ...row, context }], 'helpsteer3')).dropped).toEqual({ has_tool_calls: 1 })
})

test('pairs of a ranking belong to a group, and their margin is the gap of their ranks', async () => {
  const ranks = [1, 3, 4].map((rank, index) => ({ candidate: 'abc'[index] ?? '', rank }))
  const feedback: Feedback = {
    groupId: 'g1',
    task: {
      context: [{ role: 'user', parts: [{ type: 'text', text: 'q' }] }],
      candidates: ranks.map(({ candidate: id }) => ({
        id,
        messages: [{ role: 'assistant', parts: [{ type: 'text', text: id }] }],
      })),
    },
    annotations: [{ verdict: { type: 'ranking', ranks } }],
  }
  const { blocks, report } = writeFeedback('trl-preference', [feedback], { margin: 'strength' })
  const text = (await Array.fromAsync(blocks)).map((block) => block.text).join('')
  expect(text.match(/"margin":[^}]+/g)).toEqual([
    '"margin":2.0,"group_id":"g1"',
    '"margin":3.0,"group_id":"g1"',
    '"margin":1.0,"group_id":"g1"',
  ])
  expect(report.notes).toEqual({ with_group_id: 3 })
})

const written = async (row: object, to: Parameters<typeof converted>[1], write: Partial<WriteOptions>) =>
  converted([row], to, { write })

test('plain rows are bare texts where nothing is lost by it', async () => {
  const plain = { plain: true }
  expect((await written(pair, 'trl-preference', plain)).rows).toEqual([
    { prompt: 'q', chosen: 'a', rejected: 'b' },
  ])
  const continued = { prompt: 'The sky is', completion: ' blue.' }
  expect((await written(continued, 'trl-prompt-completion', plain)).rows).toEqual([continued])
  expect((await written({ ...continued, label: true }, 'trl-unpaired', plain)).rows).toEqual([
    { ...continued, label: true },
  ])
  expect((await written({ prompt: 'q' }, 'trl-prompt-only', plain)).rows).toEqual([{ prompt: 'q' }])
  const told = { ...pair, prompt: [say('system', 's'), ...pair.prompt] }
  expect((await written(told, 'trl-preference', plain)).dropped).toEqual({ not_plain_text: 1 })
  const shown = { messages: [...pair.prompt, ...pair.chosen] }
  expect((await written(shown, 'trl-sft', plain)).dropped).toEqual({ not_plain_text: 1 })
})

test('arguments of tools are the text of the model, or the object that it stands for', async () => {
  const of = (text: string) => ({
    messages: [
      say('user', 'q'),
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: text } }],
      },
    ],
  })
  const objects = { toolArguments: 'object' as const }
  expect((await written(of('{"x": 1}'), 'trl-sft', {})).rows).toEqual([of('{"x": 1}')])
  expect((await written(of('{"x": 1}'), 'trl-sft', objects)).text).toContain('"arguments":{"x":1}')
  for (const odd of ['no', '[1]', '{"x":12345678901234567890}'])
    expect((await written(of(odd), 'trl-sft', objects)).dropped).toEqual({ tool_arguments_not_json: 1 })
})

test('a text that a spreadsheet takes for a formula stands behind an apostrophe, unless it is wanted as it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'formula-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const saved = async (spreadsheetSafe?: boolean) => {
    const rows = ['=HYPERLINK("x")', '- item', 'fine = 1'].map((output) => ({ instruction: '+cmd', output }))
    const of = convert(bytes(rows), { from: 'alpaca', to: 'alpaca' })
    await saveWritten(of, { format: 'alpaca', as: 'csv', folder, fileName: 'a.csv', spreadsheetSafe })
    return { lines: (await readFile(join(folder, 'a.csv'), 'utf8')).split('\r\n'), notes: of.report.notes }
  }
  expect(await saved()).toEqual({
    lines: [
      'instruction,input,output,system,history',
      `'+cmd,,"'=HYPERLINK(""x"")",,[]`,
      "'+cmd,,'- item,,[]",
      "'+cmd,,fine = 1,,[]",
      '',
    ],
    notes: { formula_cells_marked: 5 },
  })
  const { lines, notes } = await saved(false)
  expect(lines[1]).toBe('+cmd,,"=HYPERLINK(""x"")",,[]')
  expect(notes).toEqual({})
})
