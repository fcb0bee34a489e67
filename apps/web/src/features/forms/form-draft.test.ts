import { expect, test } from 'vitest'
import {
  blockTypes,
  duplicated,
  emptyDraft,
  faultsOf,
  formOfDraft,
  inserted,
  moved,
  newBlock,
  newQuestion,
  questionTypes,
  readForm,
  removed,
  withField,
  withId,
  writeForm,
} from './form-draft.ts'

test.each(questionTypes)('a new question of type %s works as it is', (type) => {
  const draft = emptyDraft()
  const form = inserted(draft, { list: 'questions', index: 0 }, newQuestion(draft, type))
  expect(faultsOf(form)).toEqual([])
})

test.each(blockTypes)('a new block of type %s works as it is', (type) => {
  const draft = { blocks: [newBlock(type)], questions: [newQuestion(emptyDraft(), 'text')] }
  expect(faultsOf(draft)).toEqual([])
})

test('entries are moved, copied under an id of their own, and removed', () => {
  let draft = emptyDraft()
  for (const type of ['choice', 'text'] as const) {
    draft = inserted(draft, { list: 'questions', index: draft.questions.length }, newQuestion(draft, type))
  }
  const ids = () => draft.questions.map((question) => question.id)
  draft = moved(draft, { list: 'questions', index: 1 }, 0)
  expect(ids()).toEqual(['text', 'choice'])
  draft = duplicated(draft, { list: 'questions', index: 0 })
  expect(ids()).toEqual(['text', 'text_2', 'choice'])
  expect(moved(draft, { list: 'questions', index: 0 }, -1)).toBe(draft)
  draft = removed(draft, { list: 'questions', index: 0 })
  expect(ids()).toEqual(['text_2', 'choice'])
})

test('conditions follow a question that gets another id', () => {
  let draft = emptyDraft()
  draft = inserted(draft, { list: 'questions', index: 0 }, newQuestion(draft, 'choice'))
  draft = inserted(draft, { list: 'questions', index: 1 }, newQuestion(draft, 'text'))
  draft = withField(draft, { list: 'questions', index: 1 }, 'showIf', {
    match: 'all',
    tests: [{ question: 'choice', op: 'is', value: 'no' }],
  })
  expect(faultsOf(withId(draft, 0, 'fits'))).toEqual([])
  expect(faultsOf(withField(draft, { list: 'questions', index: 0 }, 'id', 'fits'))).toEqual([
    { path: 'questions.1.showIf.tests.0.question', message: 'There is no question "choice".' },
  ])
})

test('what is written is read back the same, and broken text says why it is none', () => {
  const draft = inserted(emptyDraft(), { list: 'questions', index: 0 }, newQuestion(emptyDraft(), 'spans'))
  expect(readForm(writeForm(draft))).toEqual({ draft })
  expect(readForm(JSON.stringify({ name: 'A template', form: formOfDraft(draft) }))).toHaveProperty('draft')
  expect(readForm('{"blocks": 1}')).toEqual({
    message: 'This file has no list "blocks" and no list "questions".',
  })
  expect(readForm('{"blocks"')).toHaveProperty('message')
})
