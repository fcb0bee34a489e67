import { expect, test } from 'vitest'
import { textMessage } from '../content.ts'
import {
  type Answer,
  type AnswerTask,
  form,
  isAsked,
  needsTask,
  stepsOf,
  taskMisfit,
  validateAnswer,
  withoutUnasked,
} from '../index.ts'

const blocks = [{ type: 'context' }, { type: 'candidates' }]
const task: AnswerTask = {
  context: [textMessage('user', 'Hi 👋 there')],
  candidates: [
    { id: 'a', messages: [textMessage('assistant', 'One 👍 two.\r\n\r\nThree.')] },
    { id: 'b', messages: [textMessage('assistant', 'Other')] },
  ],
}
const make = (...questions: object[]) => form.parse({ blocks, questions })
const codes = (questions: object[], answer: Answer) =>
  validateAnswer(make(...questions), answer, task).map(({ path, code }) => `${path} ${code}`)

test('a form that cannot work says why, at the field', () => {
  const faults = (...questions: object[]) =>
    form
      .safeParse({ blocks, questions })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  const scale = { id: 's', type: 'scale', label: 'How good?', points: [{ value: 1 }, { value: 2 }] }
  expect(faults(scale)).toBeUndefined()
  expect(faults({ ...scale, points: [{ value: 2 }, { value: 2 }] })).toEqual([
    'questions.0.points.1.value: Each point has to be higher than the one before it.',
  ])
  expect(faults({ ...scale, showIf: { tests: [{ question: 's', op: 'answered' }] } })).toEqual([
    'questions.0.showIf.tests.0.question: "How good?" has to stand before this question.',
  ])
  expect(
    faults(scale, { ...scale, id: 't', showIf: { tests: [{ question: 's', op: 'is', value: 7 }] } }),
  ).toEqual(['questions.1.showIf.tests.0.value: "How good?" can never be 7.'])
})

test('what is asked depends on earlier answers, per response where both are asked of each', () => {
  const scale = {
    id: 's',
    type: 'scale',
    label: 'S',
    each: 'candidate',
    points: [{ value: 1 }, { value: 2 }],
  }
  const why = {
    id: 'why',
    type: 'text',
    label: 'Why?',
    each: 'candidate',
    showIf: { tests: [{ question: 's', op: 'at_most', value: 1 }] },
  }
  const both = make(scale, why)
  const [, question] = both.questions
  if (!question) throw new Error('no question')
  expect(isAsked(both, question, { s: { a: 1, b: 2 } }, 'a')).toBe(true)
  expect(isAsked(both, question, { s: { a: 1, b: 2 } }, 'b')).toBe(false)
  expect(codes([scale, why], { s: { a: 1, b: 2 } })).toEqual(['answer.why.a required'])
  expect(codes([scale, why], { s: { a: 1, b: 2 }, why: { a: 'bad', b: 'good' } })).toEqual([
    'answer.why.b not_asked',
  ])
  expect(withoutUnasked(both, { s: { a: 1, b: 2 }, why: { a: 'bad', b: 'good' } })).toEqual({
    s: { a: 1, b: 2 },
    why: { a: 'bad' },
  })
})

test('spans quote the source at code points', () => {
  const spans = { id: 'e', type: 'spans', label: 'Errors', categories: [{ value: 'x', label: 'X' }] }
  const at = (start: number, end: number, quote: string) => ({
    e: { spans: [{ target: 'a:0', part: 0, start, end, quote, category: 'x' }] },
  })
  expect(codes([spans], at(4, 9, '👍 two'))).toEqual([])
  expect(codes([spans], at(4, 9, 'wrong'))).toEqual(['answer.e.spans.0.quote quote_differs'])
  expect(codes([spans], { e: { spans: [] } })).toEqual(['answer.e nothing_marked'])
  expect(codes([spans], { e: { spans: [], none: true } })).toEqual([])
})

test('steps are the paragraphs of a response, with code kept together', () => {
  const split = (text: string, by: 'paragraphs' | 'lines' = 'paragraphs') =>
    stepsOf({ id: 'a', messages: [textMessage('assistant', text)] }, by)
  expect(split('One\r\n\r\nTwo\nthree\n\n```\na\n\nb\n```\n')).toEqual([
    'One',
    'Two\nthree',
    '```\na\n\nb\n```',
  ])
  expect(split('One\n\nTwo\n', 'lines')).toEqual(['One', 'Two'])
})

test('rankings are whole, without gaps, and tied only where ties are offered', () => {
  const ranking = { id: 'r', type: 'ranking', label: 'Rank' }
  const ranks = (...list: [string, number][]) => ({
    r: { ranks: list.map(([candidate, rank]) => ({ candidate, rank })) },
  })
  expect(codes([ranking], ranks(['a', 1], ['b', 1]))).toEqual([])
  expect(codes([{ ...ranking, ties: false }], ranks(['a', 1], ['b', 1]))).toEqual([
    'answer.r.ranks tie_not_offered',
  ])
  expect(codes([ranking], ranks(['a', 1]))).toEqual(['answer.r.ranks not_all_ranked'])
  expect(codes([ranking], ranks(['a', 1], ['b', 3]))).toEqual(['answer.r.ranks gap_in_ranks'])
})

test('a task that a form cannot judge is told what it lacks', () => {
  expect(
    taskMisfit(make({ id: 'p', type: 'preference', label: 'P' }), { context: [], candidates: [] })?.code,
  ).toBe('not_a_pair')
  const boxes = make({ id: 'b', type: 'boxes', label: 'B', labels: [{ value: 'x', label: 'X' }] })
  expect(taskMisfit(boxes, task)?.code).toBe('no_image')
  expect(taskMisfit(boxes, task)?.message).toContain('"B" marks images')
})

test('a task that has the responses, but nothing in them to judge, is told so', () => {
  const steps = { id: 's', type: 'steps', label: 'S' }
  const one = (text: string): AnswerTask => ({
    context: [textMessage('user', 'Hi')],
    candidates: [{ id: 'a', messages: [textMessage('assistant', text)] }],
  })
  expect(taskMisfit(make(steps), one('First.\n\nSecond.'))).toBeNull()
  expect(taskMisfit(make(steps), one(' \n\n '))?.code).toBe('no_steps')
  expect(taskMisfit(make({ ...steps, required: false }), one(' '))).toBeNull()
  const lines = Array.from({ length: 1_001 }, (_, index) => `Line ${index}`).join('\n')
  expect(taskMisfit(make({ ...steps, split: 'lines' }), one(lines))?.code).toBe('too_many_steps')
  const spans = { id: 'm', type: 'spans', label: 'M', categories: [{ value: 'x', label: 'X' }] }
  expect(taskMisfit(make(spans), one('Text'))).toBeNull()
  expect(taskMisfit(make(spans), one('  '))?.code).toBe('no_text')
  const turn = { id: 't', type: 'scale', label: 'T', each: 'message', points: [{ value: 1 }, { value: 2 }] }
  expect(taskMisfit(make(turn), { context: [textMessage('user', 'Hi')], candidates: [] })?.code).toBe(
    'too_few_responses',
  )
  const talk = form.parse({ blocks: [{ type: 'context' }], questions: [turn] })
  expect(taskMisfit(talk, { context: [textMessage('user', 'Hi')], candidates: [] })?.code).toBe('no_message')
  expect(
    taskMisfit(talk, {
      context: [textMessage('user', 'Hi'), textMessage('assistant', 'Ho')],
      candidates: [],
    }),
  ).toBeNull()
})

test('boxes lie inside an image whose size is known', () => {
  const boxes = { id: 'b', type: 'boxes', label: 'B', labels: [{ value: 'x', label: 'X' }] }
  const image: AnswerTask = {
    context: [{ role: 'user', parts: [{ type: 'image', assetId: 'i', width: 100, height: 50.0 }] }],
    candidates: [],
  }
  const at = { target: 'context:0', part: 0, label: 'x' }
  const of = (...shapes: object[]) =>
    validateAnswer(make(boxes), { b: { boxes: shapes } }, image).map(({ path, code }) => `${path} ${code}`)
  expect(of({ ...at, shape: 'rectangle', x: 99.9, y: 0.7, width: 0.1, height: 49.3 })).toEqual([])
  expect(of({ ...at, shape: 'rectangle', x: 50, y: 0, width: 51, height: 10 })).toEqual([
    'answer.b.boxes.0 outside_image',
  ])
  const points = [
    [0, 0],
    [10, 51],
    [20, 0],
  ]
  expect(of({ ...at, shape: 'polygon', points })).toEqual(['answer.b.boxes.0 outside_image'])
  expect(of({ ...at, target: 'context:1', shape: 'polygon', points })).toEqual([
    'answer.b.boxes.0.target unknown_image',
  ])
})

test('a comparison with a reason is checked without reading its task, what quotes the task is not', () => {
  const preference = { id: 'p', type: 'preference', label: 'P' }
  const why = { id: 'w', type: 'text', label: 'Why?' }
  expect(needsTask(make(preference, why))).toBe(false)
  expect(needsTask(make(preference, { ...why, each: 'candidate' }))).toBe(true)
  expect(needsTask(make({ id: 'r', type: 'ranking', label: 'R' }))).toBe(true)
})

test('conditions that can never hold, limits that exclude each other and keys of the workbench are refused at their field', () => {
  const scale = { id: 's', type: 'scale', label: 'S', points: [{ value: 1 }, { value: 3 }, { value: 5 }] }
  const faults = (...questions: object[]) =>
    form
      .safeParse({ blocks, questions })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
  const when = (match: string, ...tests: object[]) =>
    faults(scale, { id: 't', type: 'text', label: 'T', showIf: { match, tests } })
  const is = (value: number) => ({ question: 's', op: 'is', value })
  expect(when('all', { question: 's', op: 'at_most', value: 0 })).toEqual([
    'questions.1.showIf.tests.0.value: "S" goes from 1 to 5 and can never be at most 0.',
  ])
  expect(when('all', is(1), is(5))).toEqual([
    'questions.1.showIf.tests.1.value: No answer to "S" fits this and the conditions before it. Ask for any of them, or change one.',
  ])
  const between = [
    { question: 's', op: 'at_least', value: 2 },
    { question: 's', op: 'at_most', value: 2.5 },
  ]
  expect(when('all', ...between)).toHaveLength(1)
  expect(when('any', is(1), is(5))).toEqual([])
  expect(when('all', { question: 's', op: 'is_not', value: 1 }, is(5))).toEqual([])
  expect(
    faults(
      { ...scale, each: 'candidate' },
      { id: 't', type: 'text', label: 'T', showIf: { tests: [is(1), is(5)] } },
    ),
  ).toEqual([])

  expect(faults({ id: 't', type: 'text', label: 'T', minWords: 5_000, maxCharacters: 10 })).toEqual([
    'questions.0.maxCharacters: The 5000 words that are wanted do not fit into 10 characters.',
  ])
  const options = [
    { value: 'yes', label: 'Yes', shortcut: 's' },
    { value: 'no', label: 'No', shortcut: 'n' },
  ]
  expect(faults({ id: 'c', type: 'choice', label: 'C', options })).toEqual([
    'questions.0.options.0.shortcut: S is "Skip" in the workbench. Choose another key.',
  ])
})
