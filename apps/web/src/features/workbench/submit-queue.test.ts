import { ApiError, OfflineError } from '@groundwork/client'
import type { Assignment, Submitted } from '@groundwork/contract'
import { expect, test } from 'vitest'
import type { TextStorage } from '../../ui/storage.ts'
import { type PendingSubmit, retryDelay, SubmitQueue } from './submit-queue.ts'

function memoryStorage(): TextStorage {
  const map = new Map<string, string>()
  return {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
    keys: () => [...map.keys()],
  }
}

const pending = (key: string): PendingSubmit => ({
  key,
  assignment: { id: key } as Assignment,
  answer: { preference: { outcome: 'a', strength: -1 } },
  activeMs: 1_000,
  wantsNext: false,
})

/** A queue whose server answers by script: an error to throw, or null to acknowledge. */
function queueWith(storage: TextStorage, script: (Error | null)[]) {
  const log: string[] = []
  const retries: { run: () => void; ms: number }[] = []
  const queue = new SubmitQueue({
    storage,
    storageKey: 'submits',
    send: async ({ key }) => {
      log.push(`send ${key}`)
      const outcome = script.shift()
      if (outcome) throw outcome
      return { judgment: { id: key } } as Submitted
    },
    onAcknowledged: ({ key }) => log.push(`done ${key}`),
    onRefused: ({ key }, error) => log.push(`refused ${key} ${error.code}`),
    onChange: () => {},
    later: (run, ms) => {
      retries.push({ run, ms })
      return () => {}
    },
  })
  return { queue, log, retries }
}

test('sends in order, one at a time', async () => {
  const { queue, log } = queueWith(memoryStorage(), [])
  queue.add(pending('1'))
  queue.add(pending('2'))
  await queue.flush()
  await expect.poll(() => log).toEqual(['send 1', 'done 1', 'send 2', 'done 2'])
  expect(queue.pending()).toEqual([])
})

test('keeps what could not be sent, and tries again later and later', async () => {
  const { queue, log, retries } = queueWith(memoryStorage(), [
    new OfflineError(null),
    new ApiError(503, 'unavailable', ''),
  ])
  queue.add(pending('1'))
  await expect.poll(() => retries.length).toBe(1)
  expect(queue.stuck).toBe(true)
  expect(queue.pending().map((each) => each.key)).toEqual(['1'])
  retries[0]?.run()
  await expect.poll(() => retries.length).toBe(2)
  retries[1]?.run()
  await expect.poll(() => log.at(-1)).toBe('done 1')
  expect(retries.map((each) => each.ms)).toEqual([1_000, 2_000])
  expect(queue.stuck).toBe(false)
  expect(retryDelay(12)).toBe(30_000)
})

test('a reload finds what waits and sends it with the same key', async () => {
  const storage = memoryStorage()
  const before = queueWith(storage, [new OfflineError(null)])
  before.queue.add(pending('1'))
  await expect.poll(() => before.retries.length).toBe(1)
  const after = queueWith(storage, [])
  await after.queue.flush()
  expect(after.log).toEqual(['send 1', 'done 1'])
  expect(storage.get('submits')).toBe(null)
})

test('a refusal goes back to the person and does not hold up the others', async () => {
  const { queue, log } = queueWith(memoryStorage(), [new ApiError(409, 'stale_epoch', '')])
  queue.add(pending('1'))
  queue.add(pending('2'))
  await expect.poll(() => log.at(-1)).toBe('done 2')
  expect(log).toEqual(['send 1', 'refused 1 stale_epoch', 'send 2', 'done 2'])
})

test('a lost session waits for the next sign-in', async () => {
  const { queue, retries } = queueWith(memoryStorage(), [new ApiError(401, 'not_signed_in', '')])
  queue.add(pending('1'))
  await expect.poll(() => retries.length).toBe(1)
  expect(queue.pending().length).toBe(1)
})
