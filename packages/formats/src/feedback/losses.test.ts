import type { Message, TaskPayload } from '@groundwork/contract'
import { textMessage } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { converted } from '../../test/reading.ts'
import { type Feedback, type Verdict, type WriteFormat, writeCoco, writeFeedback, writers } from '../index.ts'

const pairwise: Verdict = { type: 'pairwise', a: 'a', b: 'b', outcome: 'a', strength: -2 }
const kinds: Record<WriteFormat, Verdict> = {
  raw: pairwise,
  'trl-preference': pairwise,
  'openai-dpo': pairwise,
  helpsteer3: pairwise,
  'llama-factory': pairwise,
  axolotl: pairwise,
  'hh-rlhf': pairwise,
  argilla: pairwise,
  'label-studio': pairwise,
  'trl-sft': { type: 'demonstration', candidate: 'a' },
  'trl-prompt-completion': { type: 'demonstration', candidate: 'a' },
  'openai-sft': { type: 'demonstration', candidate: 'a' },
  'openai-rft': { type: 'demonstration', candidate: 'a' },
  sharegpt: { type: 'demonstration', candidate: 'a' },
  alpaca: { type: 'demonstration', candidate: 'a' },
  'trl-unpaired': { type: 'thumb', candidate: 'a', good: true },
  'trl-stepwise': { type: 'steps', candidate: 'a', steps: [{ text: 'one', label: 1 }] },
  'trl-prompt-only': { type: 'classification', labels: [] },
}
const names = Object.keys(writers) as WriteFormat[]

function plain(format: WriteFormat): Feedback {
  const task: TaskPayload = {
    context: [textMessage('user', 'the question')],
    candidates: [
      { id: 'a', messages: [textMessage('assistant', 'the better')] },
      { id: 'b', messages: [textMessage('assistant', 'the worse')] },
    ],
  }
  return { task, annotations: [{ verdict: kinds[format] }] }
}

const withTask = (each: Feedback, over: Partial<TaskPayload>): Feedback => ({
  ...each,
  task: { ...each.task, ...over },
})
const withMetadata = (each: Feedback, metadata: Record<string, unknown>) =>
  withTask(each, { metadata: { ...each.task.metadata, ...metadata } })
const inContext = (each: Feedback, ...before: Message[]) =>
  withTask(each, { context: [...before, ...each.task.context] })
const call: Message = {
  role: 'assistant',
  parts: [],
  toolCalls: [{ id: 'CALL-ID', name: 'MARK-CALL', argumentsJson: '{"x":1}' }],
}

/** A thing that a row may have, what shows that it came along, and the names under which a report says that it did not. */
const pieces: { name: string; add: (each: Feedback) => Feedback; marks: string[]; said: string[] }[] = [
  {
    name: 'tools',
    add: (each) => withMetadata(each, { tools: [{ type: 'function', function: { name: 'MARK-TOOL' } }] }),
    marks: ['MARK-TOOL'],
    said: ['tools_left_out'],
  },
  {
    name: 'tool calls',
    add: (each) =>
      inContext(
        each,
        textMessage('user', 'the first'),
        call,
        { ...textMessage('tool', 'MARK-RESULT'), toolCallId: 'CALL-ID' },
        textMessage('assistant', 'the result'),
      ),
    marks: ['MARK-CALL', 'MARK-RESULT'],
    said: [
      ...['tool_calls_left_out', 'has_tool_calls', 'not_questions_and_answers', 'prompt_is_conversation'],
    ],
  },
  {
    name: 'ids of tool calls',
    add: (each) =>
      inContext(
        each,
        textMessage('user', 'the first'),
        call,
        { ...textMessage('tool', 'the result'), toolCallId: 'CALL-ID' },
        textMessage('assistant', 'the result'),
      ),
    marks: ['CALL-ID'],
    said: [
      ...['tool_calls_left_out', 'has_tool_calls', 'not_questions_and_answers', 'prompt_is_conversation'],
      'tool_call_ids_left_out',
    ],
  },
  {
    name: 'system',
    add: (each) => inContext(each, textMessage('system', 'MARK-SYSTEM')),
    marks: ['MARK-SYSTEM'],
    said: ['not_questions_and_answers', 'prompt_is_conversation'],
  },
  {
    name: 'reasoning',
    add: (each) => {
      const [first, ...rest] = each.task.candidates
      const parts = [
        { type: 'reasoning' as const, text: 'MARK-REASONING' },
        { type: 'text' as const, text: 'yes' },
      ]
      return first
        ? withTask(each, { candidates: [{ ...first, messages: [{ role: 'assistant', parts }] }, ...rest] })
        : each
    },
    marks: ['MARK-REASONING'],
    said: ['reasoning_left_out', 'not_questions_and_answers'],
  },
  {
    name: 'images',
    add: (each) =>
      withTask(each, {
        context: [
          {
            role: 'user',
            parts: [
              { type: 'image', assetId: 'MARK.png' },
              { type: 'text', text: 'what is it?' },
            ],
          },
        ],
      }),
    marks: ['MARK.png'],
    said: ['has_images', 'not_questions_and_answers'],
  },
  {
    name: 'metadata',
    add: (each) => withMetadata(each, { topic: 'MARK-TOPIC' }),
    marks: ['MARK-TOPIC'],
    said: ['metadata_left_out'],
  },
  {
    name: 'margin',
    add: (each) => withMetadata(each, { margin: 41.5 }),
    marks: ['41.5'],
    said: ['margin_left_out'],
  },
  {
    name: 'settings of the chat template',
    add: (each) => withMetadata(each, { chat_template_kwargs: { enable_thinking: 'MARK-KWARGS' } }),
    marks: ['MARK-KWARGS'],
    said: ['chat_template_kwargs_left_out'],
  },
  {
    name: 'several turns',
    add: (each) =>
      inContext(each, textMessage('user', 'MARK-FIRST'), textMessage('assistant', 'MARK-SECOND')),
    marks: ['MARK-FIRST', 'MARK-SECOND'],
    said: ['prompt_is_conversation'],
  },
  {
    name: 'id',
    add: (each) => withTask(each, { externalId: 'MARK-ID' }),
    marks: ['MARK-ID'],
    said: ['id_left_out'],
  },
  {
    name: 'model',
    add: (each) =>
      withTask(each, { candidates: each.task.candidates.map((one) => ({ ...one, model: 'MARK-MODEL' })) }),
    marks: ['MARK-MODEL'],
    said: ['models_left_out'],
  },
  {
    name: 'reference',
    add: (each) => withTask(each, { reference: 'MARK-REFERENCE' }),
    marks: ['MARK-REFERENCE'],
    said: ['reference_left_out'],
  },
  {
    name: 'reason',
    add: (each) => ({
      ...each,
      annotations: each.annotations.map((one) => ({ ...one, by: 'p', rationale: 'MARK-REASON' })),
    }),
    marks: ['MARK-REASON'],
    said: ['reasons_left_out'],
  },
  {
    name: 'name of a person',
    add: (each) =>
      withTask(each, { context: [{ ...textMessage('user', 'the question'), name: 'MARK-NAME' }] }),
    marks: ['MARK-NAME'],
    said: ['names_left_out'],
  },
  {
    name: 'a judgment of another kind',
    add: (each) => ({
      ...each,
      annotations: [...each.annotations, { verdict: { type: 'redteam', success: null, tags: ['MARK-TAG'] } }],
    }),
    marks: ['MARK-TAG'],
    said: ['judgments_left_out'],
  },
]

async function written(format: WriteFormat, feedback: Feedback, images: boolean) {
  const { blocks, report } = writeFeedback(format, [feedback], {
    images,
    margin: 'strength',
    sourceMargin: true,
  })
  const text = (await Array.fromAsync(blocks)).map((block) => block.text).join('')
  return { text, said: [...Object.keys(report.notes), ...Object.keys(report.dropped)], report }
}

test.each(names)('%s: everything that a task has is in the row or named', async (format) => {
  expect((await written(format, plain(format), false)).report.kept).toBe(1)
  for (const { name, add, marks, said } of pieces) {
    const made = await written(format, add(plain(format)), name === 'images')
    const isThere = marks.every((mark) => made.text.includes(mark))
    expect(isThere || said.some((each) => made.said.includes(each)), `${name}: ${made.said}`).toBe(true)
    // What is there is not said to be missing.
    if (isThere && name !== 'ids of tool calls')
      expect(
        said.filter((each) => made.said.includes(each)),
        name,
      ).toEqual([])
  }
})

test.each(names)('%s: a row with all of it at once loses nothing unsaid', async (format) => {
  const all = pieces.filter(({ name }) => !['images', 'name of a person'].includes(name))
  const made = await written(
    format,
    all.reduce((each, { add }) => add(each), plain(format)),
    false,
  )
  if (made.report.kept === 0) expect(Object.keys(made.report.dropped)).not.toEqual([])
  else
    for (const { name, marks, said } of all) {
      const isThere = marks.every((mark) => made.text.includes(mark))
      expect(isThere || said.some((each) => made.said.includes(each)), `${name}: ${made.said}`).toBe(true)
    }
})

test('notes count rows: each kind once a row, and none of rows that were dropped', async () => {
  const reasoned = { role: 'assistant', content: 'x', reasoning_content: 'hm' }
  const { notes } = await converted(
    [
      {
        prompt: [{ role: 'user', content: 'q' }, reasoned, { role: 'user', content: 'r' }],
        completion: [reasoned],
      },
      { prompt: [reasoned, { role: 'system', content: 's' }], completion: [reasoned] },
    ],
    'trl-prompt-completion',
  )
  expect(notes).toEqual({ reasoning_left_out: 1 })
})

test('COCO says that it holds only boxes and the first image', async () => {
  const image = { type: 'image' as const, assetId: 'a.png' }
  const boxes = [{ x: 0, y: 0, width: 1, height: 1, label: 'l' }]
  const task: TaskPayload = {
    externalId: 'e',
    context: [{ role: 'user', parts: [image, { ...image, assetId: 'b.png' }, { type: 'text', text: 'q' }] }],
    candidates: [],
    metadata: { width: 2, height: 2 },
  }
  const { blocks, report } = writeCoco([{ task, annotations: [{ verdict: { type: 'boxes', boxes } }] }])
  for await (const _ of blocks);
  expect(report).toMatchObject({ kept: 1, notes: { id_left_out: 1, texts_left_out: 1, images_left_out: 1 } })
  expect(Object.keys(report.notes)).toHaveLength(3)
})
