import { textMessage } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { converted, readGood } from '../../test/reading.ts'
import { type Annotation, type Feedback, labelStudioConfig, writeFeedback } from '../index.ts'

type Row = { data: Record<string, unknown>; annotations: { completed_by: number; result: object[] }[] }

const task = (context: string[], ...answers: string[]): Feedback['task'] => ({
  externalId: 't',
  context: context.map((text, index) => textMessage(index % 2 ? 'assistant' : 'user', text)),
  candidates: answers.map((text, index) => ({
    id: 'abcd'[index] ?? '',
    messages: [textMessage('assistant', text)],
  })),
})
async function write(feedback: Feedback) {
  const { blocks, report } = writeFeedback('label-studio', [feedback])
  const text = (await Array.fromAsync(blocks)).map((block) => block.text).join('')
  const rows =
    text === ''
      ? []
      : (text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line)) as Row[])
  return { rows, text, report, config: labelStudioConfig(report) }
}
const verdictsIn = async (text: string) =>
  (await readGood(text, { format: 'label-studio', kinds: 'all' })).map(({ annotations }) =>
    annotations.map(({ verdict }) => verdict),
  )

test('a ranking is a ranker over a list; equal ranks have no place in it', async () => {
  const ranks = [
    { candidate: 'a', rank: 2 },
    { candidate: 'b', rank: 1 },
    { candidate: 'c', rank: 3 },
  ]
  const { rows, text, config } = await write({
    task: task(['q'], 'x', 'y', 'z'),
    annotations: [{ by: 'p', verdict: { type: 'ranking', ranks } }],
  })
  expect(rows[0]?.data).toMatchObject({
    prompt: 'q',
    items: [{ id: 'a', body: 'x' }, { id: 'b' }, { id: 'c' }],
  })
  expect(rows[0]?.annotations[0]?.result).toEqual([
    {
      id: 'v1k',
      from_name: 'rank',
      to_name: 'items',
      type: 'ranker',
      value: { ranker: ['b', 'a', 'c'] },
    },
  ])
  expect(config).toContain(
    '<List name="items" value="$items" title="Answers"/>\n  <Ranker name="rank" toName="items"/>',
  )
  const [read] = (await verdictsIn(text))[0] ?? []
  expect(read?.type === 'ranking' && read.ranks.map(({ candidate }) => candidate)).toEqual(['b', 'a', 'c'])
  const tied = ranks.map((each) => ({ ...each, rank: 1 }))
  const { rows: none, report } = await write({
    task: task(['q'], 'x', 'y', 'z'),
    annotations: [{ verdict: { type: 'ranking', ranks: tied } }],
  })
  expect(none[0]?.annotations).toEqual([])
  expect(report.notes).toMatchObject({ equal_ranks_left_out: 1 })
})

test('ratings of several answers are as many tasks, each with its stars; what is no star is counted', async () => {
  const rated = (candidate: string, helpfulness: number): Annotation => ({
    by: 'p',
    verdict: { type: 'rubric', candidate, scores: { helpfulness, strength: 3 } },
  })
  const { rows, text, config, report } = await write({
    task: task(['q'], 'x', 'y'),
    annotations: [rated('a', 7), rated('b', 0)],
  })
  expect(rows.map(({ data }) => data)).toEqual([
    { prompt: 'q', answer: 'x', external_id: 't:a' },
    { prompt: 'q', answer: 'y', external_id: 't:b' },
  ])
  expect(config).toContain('<Rating name="helpfulness" toName="answer" maxRating="7"/>')
  expect(config).toContain('<Rating name="strength_rating" toName="answer" maxRating="5"/>')
  expect(report.notes).toEqual({ rating_left_out: 1 })
  expect(await verdictsIn(text)).toEqual([
    [
      { type: 'rubric', candidate: 'a', scores: { helpfulness: 7 } },
      { type: 'rubric', candidate: 'a', scores: { strength_rating: 3 } },
    ],
    [{ type: 'rubric', candidate: 'a', scores: { strength_rating: 3 } }],
  ])
})

test('labels and texts of one person are one annotation, and the configuration names every label', async () => {
  const { rows, text, config } = await write({
    task: task(['q']),
    annotations: [
      { by: 'p', verdict: { type: 'classification', labels: ['a<b', '"c"'] } },
      { by: 'p', verdict: { type: 'text', text: 'because' } },
    ],
  })
  expect(rows[0]?.annotations).toHaveLength(1)
  expect(config).toContain(`  <Choices name="label" toName="prompt" choice="multiple">
    <Choice value="a&lt;b"/>
    <Choice value="&quot;c&quot;"/>
  </Choices>
  <TextArea name="comment" toName="prompt" editable="true"/>
`)
  expect(await verdictsIn(text)).toEqual([
    [
      { type: 'classification', labels: ['a<b', '"c"'] },
      { type: 'text', text: 'because' },
    ],
  ])
})

test('spans are labels with their quotes, in UTF-16 units; in a conversation they are in paragraphs', async () => {
  const spans = [{ start: 2, end: 7, quote: 'Italy', labels: ['wrong'] }]
  const marked = (target: string): Annotation => ({ by: 'p', verdict: { type: 'spans', target, spans } })
  const short = await write({ task: task(['q'], '😀 Italy'), annotations: [marked('a')] })
  expect(short.rows[0]?.annotations[0]?.result).toMatchObject([
    {
      from_name: 'span_answer',
      to_name: 'answer',
      type: 'labels',
      value: { start: 3, end: 8, text: 'Italy', labels: ['wrong'] },
    },
  ])
  expect(short.config).toContain('<Labels name="span_answer" toName="answer">\n    <Label value="wrong"/>')
  expect(await verdictsIn(short.text)).toEqual([[{ type: 'spans', target: 'a', spans }]])
  const long = await write({ task: task(['q', 'r', '😀 Italy'], 'x'), annotations: [marked('context:2')] })
  expect(long.rows[0]?.data.dialogue).toHaveLength(4)
  expect(long.rows[0]?.annotations[0]?.result).toMatchObject([
    {
      type: 'paragraphlabels',
      value: { start: '2', end: '2', startOffset: 3, endOffset: 8, paragraphlabels: ['wrong'] },
    },
  ])
  expect(await verdictsIn(long.text)).toEqual([[{ type: 'spans', target: 'context:2', spans }]])
  const off = {
    ...marked('a'),
    verdict: {
      type: 'spans' as const,
      target: 'a',
      spans: [{ ...spans[0], start: 1, end: 6, quote: 'Italy', labels: ['wrong'] }],
    },
  }
  expect((await write({ task: task(['q'], '😀 Italy'), annotations: [off] })).report.notes).toMatchObject({
    quote_differs: 1,
  })
})

test('boxes are percent of an image whose size is known, and come back in pixels', async () => {
  const boxes = [{ x: 20, y: 10, width: 100, height: 50, label: 'cat' }]
  const image = { role: 'user' as const, parts: [{ type: 'image' as const, assetId: 'a.png' }] }
  const shown: Feedback['task'] = { context: [image], candidates: [], metadata: { width: 200, height: 100 } }
  const { rows, text, config } = await write({
    task: shown,
    annotations: [{ verdict: { type: 'boxes', boxes } }],
  })
  expect(rows[0]?.data).toEqual({ image: 'a.png' })
  expect(rows[0]?.annotations[0]?.result).toMatchObject([
    {
      type: 'rectanglelabels',
      original_width: 200,
      original_height: 100,
      value: { x: 10, y: 10, width: 50, height: 50, rotation: 0, rectanglelabels: ['cat'] },
    },
  ])
  expect(config).toContain('<RectangleLabels name="box" toName="image">\n    <Label value="cat"/>')
  expect(await verdictsIn(text)).toEqual([[{ type: 'boxes', boxes }]])
  const { metadata: _, ...unsized } = shown
  const { report } = await write({ task: unsized, annotations: [{ verdict: { type: 'boxes', boxes } }] })
  expect(report.dropped).toEqual({ no_image_size: 1 })
})

test('rectangles bring the size of their image along, so that COCO can be written', async () => {
  const result = {
    ...{ id: 'x', from_name: 'l', to_name: 'i', type: 'rectanglelabels' },
    ...{ original_width: 200, original_height: 100 },
    value: { x: 10, y: 10, width: 50, height: 50, rotation: 0, rectanglelabels: ['cat'] },
  }
  const row = { data: { image: 'a.png' }, annotations: [{ completed_by: 1, result: [result] }] }
  const { text } = await converted([row], 'coco', { from: 'label-studio' })
  expect(JSON.parse(text)).toMatchObject({
    images: [{ file_name: 'a.png', width: 200, height: 100 }],
    annotations: [{ bbox: [20, 10, 100, 50] }],
  })
})

test('a conversation in one field is told', async () => {
  const verdict = { type: 'pairwise' as const, a: 'a', b: 'b', outcome: 'a' as const, strength: null }
  const { rows, report } = await write({ task: task(['q', 'r', 's'], 'x', 'y'), annotations: [{ verdict }] })
  expect(rows[0]?.data.prompt).toBe('user: q\n\nassistant: r\n\nuser: s')
  expect(report.notes).toEqual({ turns_flattened: 1 })
})
