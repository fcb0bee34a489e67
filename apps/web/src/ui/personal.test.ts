import { beforeEach, expect, test } from 'vitest'
import {
  createPersonalValue,
  markSent,
  onPersonalChange,
  personalRecords,
  setPersonalOwner,
  takePersonalValue,
} from './personal.ts'

let person = 0
beforeEach(() => setPersonalOwner(`person-${++person}`))

test('a value is kept, told to those who listen, and sent once', () => {
  const size = createPersonalValue('test.size', 100)
  const heard: string[] = []
  const stop = onPersonalChange((key) => heard.push(key))
  size.set(130)
  stop()
  size.set(150)
  expect(size.get()).toBe(150)
  expect(heard).toEqual(['test.size'])
  const record = personalRecords().get('test.size')
  expect(record).toMatchObject({ value: 150, sent: false })
  const saved = '2026-01-01T00:00:00.000Z'
  markSent('test.size', (record?.at ?? 0) - 1, saved)
  expect(personalRecords().get('test.size')?.sent).toBe(false)
  markSent('test.size', record?.at ?? 0, saved)
  expect(personalRecords().get('test.size')?.sent).toBe(true)
})

test('each person has their own', () => {
  const notes = createPersonalValue('test.notes', '')
  notes.set('mine')
  setPersonalOwner('somebody else')
  expect(notes.get()).toBe('')
  expect(personalRecords().size).toBe(0)
  setPersonalOwner(`person-${person}`)
  expect(notes.get()).toBe('mine')
})

test('what was set elsewhere is taken over without being told as a change', () => {
  const layout = createPersonalValue('test.layout', 'form')
  const heard: string[] = []
  const stop = onPersonalChange((key) => heard.push(key))
  takePersonalValue('test.layout', { value: 'stacked', at: 5, sent: true })
  stop()
  expect(layout.get()).toBe('stacked')
  expect(heard).toEqual([])
  // One that nobody has asked for yet is there when it is.
  takePersonalValue('test.later', { value: 'kept', at: 5, sent: true })
  expect(createPersonalValue('test.later', '').get()).toBe('kept')
})

test('the same key is the same value', () => {
  expect(createPersonalValue('test.same', 1)).toBe(createPersonalValue('test.same', 2))
})
