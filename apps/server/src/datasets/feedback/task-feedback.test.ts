import {
  type Answer,
  createExport,
  type ExportFormat,
  exportOptions,
  type Form,
  type TaskPayload,
  textMessage,
} from '@groundwork/contract'
import { expect, test } from 'vitest'
import { decidersOf, feeds, planOf } from './registry.ts'
import { type ExportJudgment, type ExportTask, feedbackOf } from './task-feedback.ts'

const asked = { label: 'Asked', required: true }
const form = (...questions: object[]) =>
  ({ blocks: [{ type: 'context' }, { type: 'candidates' }], questions }) as unknown as Form
const payload: TaskPayload = {
  context: [textMessage('user', 'Why?')],
  candidates: ['a', 'b'].map((id) => ({ id, messages: [textMessage('assistant', `Answer ${id}`)] })),
}
const judgment = (id: string, answer: Answer, over: Partial<ExportJudgment> = {}): ExportJudgment => ({
  ...{ id, trainerId: id, by: id, answer, guidelineVersion: 1, formVersion: 1 },
  ...{ submittedAt: '2026-01-01T00:00:00Z', late: false, accepted: false, setAside: null, expertise: [] },
  ...over,
})
const task = (judgments: ExportJudgment[], over: Partial<ExportTask> = {}): ExportTask => ({
  ...{ id: 'task', payload, consensus: {}, judgments },
  ...over,
})
const preference = form({ ...asked, id: 'preference', type: 'preference', ties: ['tie'] })
const vote = (outcome: string, strength: number): Answer => ({ preference: { outcome, strength } })
const made = (
  of: ExportTask,
  given: object = {},
  asks = preference,
  format: ExportFormat = 'trl-preference',
) => feedbackOf(of, planOf(asks, format, exportOptions.parse(given)))
const firstVerdict = (of: ReturnType<typeof feedbackOf>) =>
  typeof of === 'string' ? of : of[0]?.annotations[0]?.verdict

test('the stored consensus counts as long as it is of exactly these judgments', () => {
  const votes = [judgment('1', vote('a', -1), { accepted: true }), judgment('2', vote('b', 3))]
  const stored = {
    preference: { value: 'b', confidence: 0.9, distribution: { b: 0.9, a: 0.1 }, strength: 3 },
  }
  const both = task(votes, { consensus: stored })
  expect(firstVerdict(made(both))).toMatchObject({ outcome: 'b', strength: 3 })
  expect(made(both, { minConfidence: 0.95 })).toBe('low_confidence')
  // The only judgment that is left says something else.
  expect(firstVerdict(made(both, { acceptedOnly: true }))).toMatchObject({ outcome: 'a', strength: -1 })
})

test('what the team set aside gives nothing; an open flag can be included, an exclusion never', () => {
  const stored = { preference: { value: 'a', confidence: 0.9, distribution: { a: 1 }, strength: -1 } }
  const counted = judgment('1', vote('a', -1))
  const asked = (setAside: 'open' | 'excluded') => judgment('2', vote('b', 3), { setAside })
  const open = task([counted, asked('open')], { consensus: stored })
  expect(firstVerdict(made(open))).toMatchObject({ outcome: 'a', strength: -1 })
  expect(made(open, { minConfidence: 0.95 })).toBe('low_confidence')
  // Not what the stored consensus is of: counted anew, and the stronger side wins.
  expect(firstVerdict(made(open, { includeFlagged: true }))).toMatchObject({ outcome: 'b', strength: 3 })
  const excluded = task([counted, asked('excluded')], { consensus: stored })
  expect(firstVerdict(made(excluded, { includeFlagged: true }))).toMatchObject({ outcome: 'a', strength: -1 })
  expect(made(task([asked('open')]))).toBe('judgments_set_aside')
  expect(firstVerdict(made(task([asked('open')]), { includeFlagged: true }))).toMatchObject({ outcome: 'b' })
  expect(made(task([asked('excluded')]), { includeFlagged: true })).toBe('judgments_set_aside')
  expect(made(open, { minJudgments: 2 })).toBe('judgments_set_aside')
  expect(made(open, { minJudgments: 3 })).toBe('too_few_judgments')
})

test('without a stored consensus votes are counted, and the stronger side wins where they are equal', () => {
  expect(firstVerdict(made(task([judgment('1', vote('a', -3)), judgment('2', vote('b', 1))])))).toMatchObject(
    {
      outcome: 'a',
    },
  )
  expect(made(task([judgment('1', vote('a', -2)), judgment('2', vote('b', 2))]))).toBe('not_decided')
})

test('every reason for which a task gives nothing', () => {
  const one = [judgment('1', vote('a', -1))]
  expect(made(task([]))).toBe('too_few_judgments')
  expect(made(task([judgment('1', vote('a', -1), { late: true })]))).toBe('too_few_judgments')
  expect(made(task([judgment('1', {})]))).toBe('question_not_answered')
  expect(made(task(one), { question: 'nothing' })).toBe('form_cannot_feed')
  const two = [...one, judgment('2', vote('b', 1))]
  expect(made(task(two), { rule: 'unanimous' })).toBe('not_unanimous')
  expect(made(task(two), { minAgreement: 0.6 })).toBe('low_agreement')
})

test('rows say where they come from, and who else said what', () => {
  const [row] = made(task([judgment('1', vote('a', -1)), judgment('2', vote('a', -3))])) as never[]
  expect(row).toMatchObject({
    groupId: 'task',
    annotations: [{ verdict: { outcome: 'a' } }, { by: '1' }, { by: '2' }],
    origin: { taskId: 'task', judgments: [{ id: '1' }, { id: '2' }] },
  })
  const every = made(task([judgment('1', vote('a', -1)), judgment('2', vote('b', 3))]), {
    rule: 'every_judgment',
  })
  expect(every).toHaveLength(2)
})

test('tasks of one prompt stay on one side of a split when asked', () => {
  const groups = ['x', 'y'].map((id) => {
    const [row] = made(task([judgment(id, vote('a', -1))], { id }), { splitBy: 'prompt' }) as {
      groupId: string
    }[]
    return row?.groupId
  })
  expect(new Set(groups).size).toBe(1)
})

test('boxes of several people: what most of them drew, where it lies on average', () => {
  const image = { type: 'image' as const, assetId: 'i', width: 100, height: 100 }
  const shown = { context: [{ role: 'user' as const, parts: [image] }], candidates: [] }
  const box = (x: number, label = 'cat') => ({
    ...{ shape: 'rectangle', target: 'context:0', part: 0, label, x, y: 0, width: 10, height: 10 },
  })
  const asks = form({ ...asked, id: 'boxes', type: 'boxes', labels: [{ value: 'cat', label: 'Cat' }] })
  const people = [[box(0)], [box(2)], [box(50), box(1, 'dog')]].map((boxes, index) =>
    judgment(String(index), { boxes: { boxes } }),
  )
  const [row] = made(task(people, { payload: shown }), {}, asks, 'coco' as never) as {
    annotations: { verdict: object }[]
    task: TaskPayload
  }[]
  expect(row?.annotations[0]?.verdict).toEqual({
    type: 'boxes',
    boxes: [{ x: 1, y: 0, width: 10, height: 10, label: 'cat' }],
  })
  expect(row?.task.metadata).toMatchObject({ width: 100, height: 100 })
})

test('what only tells the trainer what to write is no part of what a model learns from', () => {
  const brief = [textMessage('user', 'Write a prompt about tea, for a beginner.')]
  const writing = (...questions: object[]) =>
    ({ blocks: [{ type: 'context', brief: true }], questions }) as unknown as Form
  const of = (answer: Answer) =>
    task([judgment('1', answer)], { payload: { context: brief, candidates: [] } })
  const prompt = writing({ ...asked, id: 'prompt', type: 'text' })
  const [written] = feedbackOf(
    of({ prompt: 'How long should green tea draw?' }),
    planOf(prompt, 'trl-prompt-only', exportOptions.parse({})),
  )
  expect(written).toMatchObject({
    task: { context: [textMessage('user', 'How long should green tea draw?')] },
  })

  const talk = writing({ ...asked, id: 'talk', type: 'turns', first: 'user', min: 2, max: 9, minWords: 0 })
  const messages = [
    { role: 'user', text: 'Green tea?' },
    { role: 'assistant', text: 'Two minutes.' },
  ]
  const [shown] = feedbackOf(of({ talk: { messages } }), planOf(talk, 'trl-sft', exportOptions.parse({})))
  expect(shown).toMatchObject({
    task: { context: [textMessage('user', 'Green tea?')] },
    annotations: [{ verdict: { type: 'demonstration' } }],
  })
})

const spanned = { ...asked, id: 'marks', type: 'spans', categories: [{ value: 'wrong', label: 'Wrong' }] }
const scaled = { ...asked, id: 'helpfulness', type: 'scale', each: 'candidate', min: 1, max: 5 }
const chosen = { ...asked, id: 'topic', type: 'choice', options: [{ value: 'x', label: 'X' }] }
const ranked = { ...asked, id: 'order', type: 'ranking' }
const told = { ...asked, id: 'why', type: 'text' }

test('annotation tools take rankings, ratings, choices, spans and texts; a preference decides where there is one', () => {
  for (const question of [spanned, scaled, chosen, ranked, told]) {
    for (const format of ['label-studio', 'argilla'] as const)
      expect(feeds(form(question), format, exportOptions.parse({})), `${format} ${question.id}`).toBe(true)
  }
  const both = form(told, scaled, { ...asked, id: 'preference', type: 'preference', ties: [] })
  expect(decidersOf(both, 'argilla', exportOptions.parse({})).map(({ key }) => key)).toEqual([
    'preference',
    'helpfulness',
    'why',
  ])
})

test('a tool shows everybody’s spans side by side on one task', () => {
  const span = { target: 'a:0', start: 0, end: 6, quote: 'Answer', category: 'wrong' }
  const judgments = ['1', '2'].map((id) => judgment(id, { marks: { spans: [span] } }))
  const given = made(task(judgments), {}, form(spanned), 'label-studio')
  expect(given).toMatchObject([
    {
      annotations: [
        { by: '1', verdict: { type: 'spans', target: 'a', spans: [{ labels: ['wrong'] }] } },
        { by: '2', verdict: { type: 'spans', target: 'a' } },
      ],
    },
  ])
})

test('neighbours in a ranking keep their ranks, which say how far apart they are', () => {
  const ranks = [
    { candidate: 'a', rank: 1 },
    { candidate: 'b', rank: 4 },
  ]
  const given = made(
    task([judgment('1', { order: { ranks } })]),
    { rankingPairs: 'adjacent', rule: 'every_judgment' },
    form(ranked),
  )
  expect(firstVerdict(given)).toEqual({ type: 'ranking', ranks })
})

test('ties both ways cannot have a margin, which is said before anything is made', () => {
  const wanted = (over: object) =>
    createExport.safeParse({
      format: 'trl-preference',
      options: { ties: 'both_ways', margin: 'strength' },
      ...over,
    })
  expect(wanted({}).error?.issues).toMatchObject([
    { path: ['options', 'ties'], message: expect.stringContaining('no strength') },
  ])
  expect(wanted({ format: 'openai-dpo' }).success).toBe(true)
  expect(wanted({ options: { ties: 'both_ways' } }).success).toBe(true)
})
