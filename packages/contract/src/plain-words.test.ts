import { expect, test } from 'vitest'
import { form } from './forms/form.ts'
import { createApiKey } from './people.ts'

const issues = (questions: unknown[], blocks: unknown[] = [{ type: 'context' }]) =>
  form.safeParse({ blocks, questions }).error?.issues.map(({ path, message }) => [path.join('.'), message])

test('what a form is refused for is said in plain words, at its field', () => {
  expect(issues([], [])).toEqual([
    ['blocks', 'At least 1 entry is needed here.'],
    ['questions', 'At least 1 entry is needed here.'],
  ])
  expect(
    issues([
      { id: 'a', type: 'text', label: '', minWords: -1, x: 1 },
      { id: 'b', type: 'choice', label: 'B', options: [{ value: 'x', label: 'X' }] },
      { id: 'c', type: 'scale', label: 5 },
      { id: 'd', type: 'text', label: 'D', minWords: 1.5, required: 'yes' },
    ]),
  ).toEqual([
    ['questions.0.label', 'This cannot be empty.'],
    ['questions.0.minWords', 'This has to be at least 0.'],
    ['questions.0', 'There is no field "x" here. Take it away, or look for a misspelling.'],
    ['questions.1.options', 'At least 2 entries are needed here.'],
    ['questions.2.label', 'This has to be a text, and is a number.'],
    ['questions.2.points', 'This is missing. It has to be a list.'],
    ['questions.3.required', 'This has to be true or false, and is a text.'],
    ['questions.3.minWords', 'This has to be a whole number, and is 1.5.'],
  ])
  expect(issues([{ id: 'a', type: 'stars', label: 'A' }])).toEqual([
    [
      'questions.0.type',
      'This has to be one of "preference", "ranking", "scale", "choice", "multichoice", "text", "rewrite", "spans", "steps", "boxes", "sources", "turns", not "stars".',
    ],
  ])
})

test('so are values and formats of calls; what a schema says itself stays', () => {
  const said = (value: unknown) => createApiKey.safeParse(value).error?.issues.map(({ message }) => message)
  expect(said({ name: 'K', scope: 'all' })).toEqual([
    expect.stringMatching(/^This has to be one of "read".*, not "all"\.$/),
  ])
  expect(issues([{ id: 'A b', type: 'text', label: 'A' }])).toEqual([
    ['questions.0.id', 'Lower-case letters, digits and _, starting with a letter.'],
  ])
})
