import { expect, test } from 'vitest'
import type { TextStorage } from '../../ui/storage.ts'
import { chooseDraft, localDrafts } from './local-drafts.ts'

function memoryStorage(): TextStorage {
  const map = new Map<string, string>()
  return {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
    keys: () => [...map.keys()],
  }
}
const local = (reason: string, synced: boolean) => ({ answer: { reason }, activeMs: 5_000, at: 0, synced })

test('what the server has not seen wins; what it has seen gives way to the server', () => {
  const server = { answer: { reason: 'server' }, activeMs: 9_000 }
  expect(chooseDraft(local('typed offline', false), server)).toEqual({
    answer: { reason: 'typed offline' },
    activeMs: 9_000,
    unsent: true,
  })
  expect(chooseDraft(local('old', true), server)).toMatchObject({
    answer: { reason: 'server' },
    unsent: false,
  })
  expect(chooseDraft(local('only here', true), null)).toMatchObject({ answer: { reason: 'only here' } })
  expect(chooseDraft(null, null)).toEqual({ answer: {}, activeMs: 0, unsent: false, basedOn: null })
})

test('a draft knows which one it was edited from', () => {
  const server = { answer: { reason: 'server' }, activeMs: 1, savedAt: '2026-01-02T00:00:00.000Z' }
  expect(chooseDraft(null, server).basedOn).toBe(server.savedAt)
  expect(chooseDraft(local('old', true), server).basedOn).toBe(server.savedAt)
  const mine = { ...local('mine', false), basedOn: '2026-01-01T00:00:00.000Z' }
  expect(chooseDraft(mine, server)).toMatchObject({ answer: { reason: 'mine' }, basedOn: mine.basedOn })
})

test('drafts are kept by person and task, and forgotten after a month', () => {
  const storage = memoryStorage()
  const mine = localDrafts(storage, 'me')
  mine.set('task', local('mine', false))
  expect(localDrafts(storage, 'other').get('task')).toBe(null)
  expect(mine.get('task')?.answer).toEqual({ reason: 'mine' })
  mine.prune(29 * 86_400_000)
  expect(mine.get('task')).not.toBe(null)
  mine.prune(31 * 86_400_000)
  expect(mine.get('task')).toBe(null)
})

test('damaged storage counts as nothing stored', () => {
  const storage = memoryStorage()
  storage.set('groundwork.draft.me.task', '{"answer":')
  expect(localDrafts(storage, 'me').get('task')).toBe(null)
})

test('two pages keep a copy each; what the server or the page has already is not offered again', () => {
  const storage = memoryStorage()
  const [one, two] = [localDrafts(storage, 'me', 'one'), localDrafts(storage, 'me', 'two')]
  one.set('task', { ...local('first', false), at: 1 })
  two.set('task', { ...local('second', false), at: 2 })
  const later = localDrafts(storage, 'me', 'later')
  expect(later.get('task')?.answer).toEqual({ reason: 'second' })
  expect(later.others('task', { reason: 'second' }).map(({ answer }) => answer)).toEqual([
    { reason: 'first' },
  ])
  expect(later.others('other task', {})).toEqual([])
  later.drop('task', { reason: 'first' })
  expect(later.others('task', { reason: 'second' })).toEqual([])
  // What another page still has unsent outlives the answer that was sent.
  one.set('task', { ...local('first', false), at: 1 })
  later.set('task', { ...local('sent', false), at: 3 })
  later.forget('task', { reason: 'sent' })
  expect(later.get('task')?.answer).toEqual({ reason: 'first' })
})
