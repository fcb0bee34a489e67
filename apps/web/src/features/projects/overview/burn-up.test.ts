import type { Project } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { courseOf, ticksBetween } from './burn-up.ts'

const project = (progress: object, rest: object = {}) =>
  ({
    state: 'live',
    launchedAt: '2026-03-01T09:00:00Z',
    finishedAt: null,
    progress: { tasks: 20, tasksDone: 8, forecastFinish: '2026-03-06T00:00:00Z', ...progress },
    ...rest,
  }) as Project
const days = [
  { date: '2026-03-01', tasksDone: 3, judgments: 9 },
  { date: '2026-03-02', tasksDone: 7, judgments: 21 },
  { date: '2026-03-03', tasksDone: 8, judgments: 24 },
]
const now = Date.parse('2026-03-03T12:00:00Z')

test('the course runs from the launch over the ends of days to now, and on to the forecast', () => {
  const course = courseOf(project({}), days, now)
  expect(course?.done.map((point) => [point.at.toISOString(), point.tasks])).toEqual([
    ['2026-03-01T09:00:00.000Z', 0],
    ['2026-03-02T00:00:00.000Z', 3],
    ['2026-03-03T00:00:00.000Z', 7],
    ['2026-03-03T12:00:00.000Z', 8],
  ])
  expect(course?.forecast?.map((point) => point.tasks)).toEqual([8, 20])
})

test('no forecast when it is finished, done, or the pace says nothing', () => {
  expect(courseOf(project({ forecastFinish: null }), days, now)?.forecast).toBeNull()
  expect(courseOf(project({ tasksDone: 20 }), days, now)?.forecast).toBeNull()
  const finished = project({}, { state: 'finished', finishedAt: '2026-03-03T10:00:00Z' })
  expect(courseOf(finished, days, now)?.done.at(-1)?.at.toISOString()).toBe('2026-03-03T10:00:00.000Z')
})

test('no course before the first day', () => {
  expect(courseOf(project({}), [], now)).toBeNull()
})

test('ticks are few and round', () => {
  const from = new Date('2026-03-01T09:00:00Z')
  const days = ticksBetween(from, new Date('2026-03-14T15:00:00Z'), 7)
  expect(days.hours).toBe(false)
  expect(days.at.length).toBeLessThanOrEqual(7)
  expect(days.at.every((at) => at.getHours() === 0 && at > from)).toBe(true)
  const hours = ticksBetween(from, new Date('2026-03-01T17:00:00Z'), 6)
  expect(hours.hours).toBe(true)
  expect(hours.at.length).toBeLessThanOrEqual(6)
})
