import { form as formSchema, type ShownTask } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { activePlace, groupsOf, nextOpen, placesOf, valueAt, withValueAt } from './places.ts'

const task: ShownTask = {
  id: 't',
  context: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
  candidates: ['b', 'a'].map((id) => ({
    id,
    messages: [{ role: 'assistant', parts: [{ type: 'text', text: id }] }],
  })),
}
const points = [{ value: 1 }, { value: 2 }]
const form = formSchema.parse({
  blocks: [{ type: 'context' }, { type: 'candidates' }],
  questions: [
    { id: 'truth', type: 'scale', label: 'Truth', each: 'candidate', points },
    { id: 'tone', type: 'scale', label: 'Tone', each: 'candidate', points },
    { id: 'why', type: 'text', label: 'Why?', showIf: { tests: [{ question: 'tone', op: 'is', value: 1 }] } },
    { id: 'good', type: 'scale', label: 'Good?', points },
  ],
})
const ids = (answer: Record<string, unknown>) => placesOf(form, answer, task).map(({ id }) => id)

test('places are all that is asked now, responses in the order of the screen', () => {
  expect(ids({})).toEqual(['truth/b', 'truth/a', 'tone/b', 'tone/a', 'good'])
  expect(ids({ tone: { a: 1 } })).toEqual(['truth/b', 'truth/a', 'tone/b', 'tone/a', 'why', 'good'])
})

test('a value is put in at its place, and nothing is left of a question without any', () => {
  const [place] = placesOf(form, {}, task)
  if (!place) throw new Error('no place')
  const answer = { truth: withValueAt({ truth: { a: 2 } }, place, 1) }
  expect(answer).toEqual({ truth: { a: 2, b: 1 } })
  expect(valueAt(answer, place)).toBe(1)
  expect(withValueAt({ truth: { b: 1 } }, place, undefined)).toBeUndefined()
})

test('the active place is the one that was chosen, else the first open one that keys can answer', () => {
  const answer = { truth: { a: 1, b: 1 }, tone: { b: 2 } }
  const places = placesOf(form, answer, task)
  expect(activePlace(places, answer, null)?.id).toBe('tone/a')
  expect(activePlace(places, answer, 'good')?.id).toBe('good')
  expect(activePlace(places, answer, 'gone')?.id).toBe('tone/a')
  const open = (id: string) => nextOpen(places, id, (place) => valueAt(answer, place) === undefined)?.id
  expect([open('truth/a'), open('good'), open('tone/b')]).toEqual(['tone/a', 'tone/a', 'tone/a'])
})

test('what is written is skipped by the way of the keys', () => {
  const answer = { truth: { a: 1, b: 1 }, tone: { a: 1, b: 1 } }
  const places = placesOf(form, answer, task)
  expect(nextOpen(places, 'tone/a', () => true)?.id).toBe('good')
})

test('neighbouring scales of each response are one grid', () => {
  expect(
    groupsOf(placesOf(form, { tone: { a: 1 } }, task)).map(({ questions, grid }) => [
      questions.map(({ id }) => id).join(),
      grid,
    ]),
  ).toEqual([
    ['truth,tone', true],
    ['why', false],
    ['good', false],
  ])
})

test('what has to be written before anything else is active first, what may be written is not', () => {
  const written = (required: boolean) => {
    const first = { id: 'draft', type: 'text', label: 'Your answer', required }
    const asked = formSchema.parse({ blocks: [{ type: 'context' }], questions: [first, form.questions[3]] })
    return placesOf(asked, {}, task)
  }
  expect(activePlace(written(true), {}, null)?.id).toBe('draft')
  expect(activePlace(written(true), { draft: 'Done.' }, null)?.id).toBe('good')
  expect(activePlace(written(false), {}, null)?.id).toBe('good')
})
