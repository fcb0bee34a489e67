import { form as formSchema } from '@groundwork/contract'
import { describe, expect, test } from 'vitest'
import type { Vote } from '../consensus-queries.ts'
import { byMean, consensusOf } from '../consensus-strategy.ts'
import { shares } from '../quick-level.ts'

const blocks = [{ type: 'context' }, { type: 'candidates' }]

/** The consensus of one task on one question `q`, from answers in the order of people. */
function decide(question: object, answers: unknown[], gold?: unknown) {
  const form = formSchema.parse({ blocks, questions: [{ id: 'q', label: 'Q', ...question }] })
  const votes: Vote[] = answers.map((value, index) => ({
    id: `j${index}`,
    taskId: 't',
    trainerId: `p${index}`,
    answer: { q: value },
  }))
  const known = new Map(gold === undefined ? [] : [['t', { q: gold }]])
  const [task] = consensusOf(form, ['t'], votes, known, {
    judge: (part, _task, of) => shares(part, of),
    scale: byMean,
  })
  if (!task) throw new Error('nothing was decided')
  return { of: task.consensus, q: task.consensus.q, right: task.goldCorrect }
}

const options = [
  { value: 'x', label: 'X' },
  { value: 'y', label: 'Y' },
  { value: 'z', label: 'Z' },
]

describe('classes', () => {
  test('preference, overall and by axis', () => {
    const graded = (outcome: string, strength: number, axis: string) => ({
      outcome,
      strength,
      axes: { safety: { outcome: axis, strength: axis === 'a' ? -1 : 1 } },
    })
    const found = decide(
      { type: 'preference', axes: [{ id: 'safety', label: 'Safety' }] },
      [graded('a', -3, 'b'), graded('a', -1, 'b'), graded('b', 1, 'a')],
      { outcome: 'a', strength: -1, axes: { safety: { outcome: 'a', strength: -2 } } },
    )
    expect(found.q).toMatchObject({ value: 'a', strength: -2, votes: { a: 2, b: 1 }, answers: 3 })
    expect(found.of['q.safety']).toMatchObject({ value: 'b', strength: 1 })
    expect(found.right).toBe(false)
    expect(decide({ type: 'preference' }, [{ outcome: 'a', strength: -1 }], 'a').right).toBe(true)
  })

  test('choice, of the task and of each response; an option that is gone does not count', () => {
    expect(decide({ type: 'choice', options }, ['x', 'y', 'x', 'gone'], 'x')).toMatchObject({
      q: { value: 'x', answers: 3 },
      right: true,
    })
    expect(decide({ type: 'choice', options }, ['x', 'y']).q?.value).toBeNull()
    const each = decide({ type: 'choice', options, each: 'candidate' }, [
      { a: 'x', b: 'y' },
      { a: 'x', b: 'x' },
      { a: 'y', b: 'y' },
    ])
    expect(each.of['q.a']?.value).toBe('x')
    expect(each.of['q.b']?.value).toBe('y')
    expect(each.q).toBeUndefined()
  })

  test('multichoice: what more than half chose', () => {
    const found = decide({ type: 'multichoice', options }, [['x', 'y'], ['x'], ['x', 'z'], []], ['x'])
    expect(found.q).toMatchObject({ value: ['x'], distribution: { x: 0.75, y: 0.25, z: 0.25 } })
    expect(found.q?.agreement).toBeCloseTo((2 / 3 + 1 / 2 + 0 + 2 / 3 + 0 + 0) / 6, 12)
    expect(found.right).toBe(true)
    expect(decide({ type: 'multichoice', options }, [[], []]).q).toMatchObject({ value: [], agreement: 1 })
  })
})

describe('scale', () => {
  const scale = { type: 'scale', points: [1, 2, 3, 4, 5].map((value) => ({ value })), notApplicable: true }

  test('mean, median, shares and an interval inside the scale', () => {
    const { q, right } = decide(scale, [5, 5, 2, 'na'], 4)
    expect(q).toMatchObject({ value: 4, median: 5, answers: 4, confidence: 0.5, high: 5 })
    expect(q?.distribution).toEqual({ 2: 0.25, 5: 0.5, na: 0.25 })
    expect(right).toBe(true)
    expect(decide(scale, [2], 5).right).toBe(false)
    expect(decide(scale, [3]).q?.low).toBeUndefined()
  })

  test('does not apply, or undecided whether it does', () => {
    expect(decide(scale, ['na', 'na', 1], 'na')).toMatchObject({ q: { value: 'na' }, right: true })
    expect(decide(scale, ['na', 1]).q?.value).toBeNull()
  })
})

test('ranking: ties stay ties, partial orders count for what they rank', () => {
  const ranks = (...list: [string, number][]) => ({
    ranks: list.map(([candidate, rank]) => ({ candidate, rank })),
  })
  const found = decide(
    { type: 'ranking', partial: true },
    [ranks(['a', 1], ['b', 2], ['c', 2]), ranks(['a', 1], ['c', 2], ['b', 3]), ranks(['b', 1], ['c', 2])],
    ranks(['a', 1], ['b', 2], ['c', 3]),
  )
  expect(found.q?.value).toEqual(ranks(['a', 1], ['b', 2], ['c', 3]))
  const distribution: Record<string, number> = found.q?.distribution ?? {}
  expect(Object.values(distribution).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12)
  expect(found.q?.confidence).toBe(distribution.a)
  expect(found.right).toBe(true)
  expect(decide({ type: 'ranking' }, [ranks(['a', 1], ['b', 1])]).q?.value).toEqual(ranks(['a', 1], ['b', 1]))
})

test('texts are counted, and from three on the most typical one is named', () => {
  const texts = ['The cat sat on the mat.', 'Something else.', 'A cat sat on the mat']
  expect(decide({ type: 'text' }, texts).q).toMatchObject({ value: null, answers: 3 })
  expect(['j0', 'j2']).toContain(decide({ type: 'text' }, texts).q?.representative)
  expect(decide({ type: 'text' }, texts.slice(1)).q?.representative).toBeUndefined()
})

test('spans: merged with quote, severity and support', () => {
  const source = 'One 👍 two three four'
  const span = (start: number, end: number, severity = 'minor', category = 'x') => ({
    target: 'a:0',
    part: 0,
    start,
    end,
    quote: Array.from(source).slice(start, end).join(''),
    category,
    severity,
  })
  const question = {
    type: 'spans',
    categories: options,
    severities: [
      { value: 'minor', label: 'Minor' },
      { value: 'major', label: 'Major' },
    ],
  }
  const found = decide(
    question,
    [
      { spans: [span(0, 9, 'major')] },
      { spans: [span(4, 15, 'major'), span(16, 20, 'minor', 'y')] },
      { spans: [span(4, 9)] },
    ],
    { spans: [span(4, 9)] },
  )
  expect(found.q?.value).toEqual({ spans: [{ ...span(4, 9, 'major'), support: 1 }] })
  expect(found.right).toBe(true)
  expect(
    decide(question, [
      { spans: [], none: true },
      { spans: [], none: true },
    ]).q,
  ).toMatchObject({
    value: { spans: [], none: true },
    confidence: 1,
    agreement: 1,
  })
})

test('steps: a label each, and the first that is wrong', () => {
  const judged = (...labels: (number | null)[]) => ({
    candidate: 'a',
    steps: labels.map((label, index) => ({ text: `Step ${index}`, label })),
  })
  const found = decide(
    { type: 'steps', mode: 'first_error' },
    [judged(1, -1, null), judged(1, -1, null), judged(1, 1, 1)],
    judged(1, -1, null),
  )
  expect(found.q?.value).toMatchObject({
    candidate: 'a',
    firstError: 1,
    steps: [{ label: 1 }, { label: -1 }, { label: 1 }],
  })
  expect(found.q?.distribution).toEqual({ 1: 2 / 3, none: 1 / 3 })
  expect(found.right).toBe(true)
})

test('boxes: sides at the median; a polygon where most drew polygons', () => {
  const at = { target: 'context:0', part: 0, label: 'x' }
  const box = (x: number, width = 10) => ({ ...at, shape: 'rectangle', x, y: 0, width, height: 10 })
  const question = { type: 'boxes', labels: options }
  const found = decide(question, [{ boxes: [box(0), box(50)] }, { boxes: [box(1)] }, { boxes: [box(2)] }], {
    boxes: [box(1)],
  })
  expect(found.q?.value).toEqual({ boxes: [{ ...box(1), support: 1 }] })
  expect(found.right).toBe(true)
  const triangle = (x: number) => ({
    ...at,
    shape: 'polygon',
    points: [
      [x, 0],
      [x + 10, 0],
      [x, 10],
    ],
  })
  expect(decide(question, [{ boxes: [triangle(0)] }, { boxes: [triangle(1)] }]).q?.value).toMatchObject({
    boxes: [{ shape: 'polygon' }],
  })
  expect(decide(question, [{ boxes: [], none: true }]).q).toMatchObject({ value: { boxes: [], none: true } })
})

test('sources: claims by place or by words, each with the shares of its verdicts', () => {
  const claim = (text: string, verdict: string, url?: string) => ({
    claim: text,
    verdict,
    sources: url ? [{ url }] : [],
  })
  const question = { type: 'sources', verdicts: options }
  const found = decide(
    question,
    [
      { claims: [claim('The tower is 330 m high.', 'x', 'https://a.example'), claim('It is red.', 'y')] },
      { claims: [claim('The tower is 330m high', 'x', 'https://a.example')] },
      { claims: [claim('The tower is 330 m high.', 'y', 'https://b.example')] },
    ],
    { claims: [claim('The tower is 330 m high.', 'x')] },
  )
  expect(found.q?.value).toMatchObject({
    claims: [
      {
        verdict: 'x',
        verdicts: { x: 2 / 3, y: 1 / 3 },
        support: 1,
        sources: [{ url: 'https://a.example' }, { url: 'https://b.example' }],
      },
    ],
  })
  expect(found.right).toBe(true)
})

test('what is known and cannot be compared says nothing', () => {
  expect(decide({ type: 'text' }, ['A'], 'A').right).toBeNull()
  expect(decide({ type: 'ranking' }, [{ ranks: [{ candidate: 'a', rank: 1 }] }], 'a').right).toBeNull()
})

test('however much people mark, a task is decided in bounds', () => {
  const at = { target: 'a:0', part: 0 }
  const many = (count: number) => Array.from({ length: count }, (_, index) => index)
  const spans = { spans: many(500).map((n) => ({ ...at, start: n, end: n + 1, quote: 'x', category: 'x' })) }
  const crowd = many(120).map(() => spans)
  expect(decide({ type: 'spans', categories: options }, crowd).q).toMatchObject({ value: null, answers: 120 })
  const boxes = {
    boxes: many(200).map((n) => ({ ...at, label: 'x', shape: 'rectangle', x: n, y: 0, width: 1, height: 1 })),
  }
  expect(decide({ type: 'boxes', labels: options }, [boxes, boxes]).q?.value).toBeNull()
  const claims = { claims: many(90).map((n) => ({ claim: `Claim number ${n}`, verdict: 'x', sources: [] })) }
  const agreed = decide({ type: 'sources', verdicts: options }, [claims, claims]).q
  expect(agreed).toMatchObject({ agreement: 1, confidence: 1 })
})
