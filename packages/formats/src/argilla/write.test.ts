import { textMessage } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { readGood } from '../../test/reading.ts'
import { type Annotation, type Feedback, tableFeatures, writeFeedback } from '../index.ts'

const task = (...answers: string[]): Feedback['task'] => ({
  externalId: 't',
  context: [textMessage('user', 'q')],
  candidates: answers.map((text, index) => ({
    id: 'abc'[index] ?? '',
    messages: [textMessage('assistant', text)],
  })),
})
async function write(given: Feedback['task'], ...annotations: Annotation[]) {
  const { blocks, report } = writeFeedback('argilla', [{ task: given, annotations }])
  const text = (await Array.fromAsync(blocks)).map((block) => block.text).join('')
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line))
  const read = (await readGood(text, { format: 'argilla', kinds: 'all' })).map(({ annotations: all }) =>
    all.map(({ by, verdict }) => ({ by, verdict })),
  )
  return { rows, report, read }
}

test('a ranking has ranks from 1 on, with ties, and comes back', async () => {
  const ranks = [
    { candidate: 'a', rank: 1.5 },
    { candidate: 'b', rank: 0 },
    { candidate: 'c', rank: 1.5 },
  ]
  const { rows, read } = await write(task('x', 'y', 'z'), { by: 'p', verdict: { type: 'ranking', ranks } })
  expect(rows).toEqual([
    {
      id: 't',
      status: 'completed',
      prompt: 'q',
      response1: 'x',
      response2: 'y',
      response3: 'z',
      'ranking.responses': [
        [
          { value: 'response1', rank: 2 },
          { value: 'response2', rank: 1 },
          { value: 'response3', rank: 2 },
        ],
      ],
      'ranking.responses.users': ['p'],
      'ranking.responses.status': ['submitted'],
    },
  ])
  expect(read[0]?.[0]?.verdict).toEqual({
    type: 'ranking',
    ranks: [
      { candidate: 'a', rank: 2 },
      { candidate: 'b', rank: 1 },
      { candidate: 'c', rank: 2 },
    ],
  })
})

test('ratings are whole numbers, a record for each answer; labels, texts and spans have questions of their own', async () => {
  const of = (verdict: Annotation['verdict'], by = 'p'): Annotation => ({ by, verdict })
  const spans = [{ start: 2, end: 7, quote: 'Italy', labels: ['wrong', 'minor'] }]
  const { rows, report } = await write(
    task('😀 Italy', 'y'),
    of({ type: 'rubric', candidate: 'a', scores: { help: 4, ranking: 2 } }),
    of({ type: 'rubric', candidate: 'b', scores: { help: 2.5 } }),
    of({ type: 'classification', labels: ['l', 'm', 'l'] }, 'r'),
    of({ type: 'text', text: 'because' }, 'r'),
    of({ type: 'spans', target: 'a', spans }, 'r'),
  )
  expect(rows).toEqual([
    {
      id: 't:a',
      status: 'completed',
      prompt: 'q',
      response: '😀 Italy',
      'help.responses': [4],
      'help.responses.users': ['p'],
      'help.responses.status': ['submitted'],
      'ranking_rating.responses': [2],
      'ranking_rating.responses.users': ['p'],
      'ranking_rating.responses.status': ['submitted'],
      'comment.responses': ['because'],
      'comment.responses.users': ['r'],
      'comment.responses.status': ['submitted'],
      'labels.responses': [['l', 'm']],
      'labels.responses.users': ['r'],
      'labels.responses.status': ['submitted'],
      'span_response.responses': [
        [
          { start: 2, end: 7, label: 'wrong' },
          { start: 2, end: 7, label: 'minor' },
        ],
      ],
      'span_response.responses.users': ['r'],
      'span_response.responses.status': ['submitted'],
    },
    { id: 't:b', status: 'pending', prompt: 'q', response: 'y' },
  ])
  expect(report.notes).toEqual({ rating_left_out: 1 })
  const columns = tableFeatures('argilla', report).map(({ name }) => name)
  for (const row of rows) expect(columns.filter((name) => name in row)).toEqual(Object.keys(row))
})
