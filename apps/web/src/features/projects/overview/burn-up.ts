import type { Project } from '@groundwork/contract'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export type Point = { at: Date; tasks: number }
export type Day = { date: string; tasksDone: number; judgments: number }
export type Course = {
  /** Tasks done by then, from the launch to now (or to the finish). */
  done: Point[]
  /** From now to the forecast finish; null when nothing can be said. */
  forecast: [Point, Point] | null
  total: number
}

/** The course of a project from its days (each by its end, UTC); null before the first task is done. */
export function courseOf(project: Project, days: Day[], now: number): Course | null {
  const { progress, launchedAt, finishedAt, state } = project
  const first = days[0]
  if (!first || progress.tasks === 0) return null
  const end = finishedAt ? Date.parse(finishedAt) : now
  const dayStart = Date.parse(`${first.date}T00:00:00Z`)
  const start = launchedAt ? Math.max(Date.parse(launchedAt), dayStart) : dayStart
  const past = days
    .map((day) => ({ at: Date.parse(`${day.date}T00:00:00Z`) + DAY_MS, tasks: day.tasksDone }))
    .filter((point) => point.at > start && point.at < end)
  const done = [{ at: start, tasks: 0 }, ...past, { at: end, tasks: progress.tasksDone }]
  const finish = progress.forecastFinish ? Date.parse(progress.forecastFinish) : null
  const here = { at: new Date(end), tasks: progress.tasksDone }
  const forecast: Course['forecast'] =
    state === 'live' && finish !== null && finish > end && progress.tasksDone < progress.tasks
      ? [here, { at: new Date(finish), tasks: progress.tasks }]
      : null
  return {
    done: done.map((point) => ({ at: new Date(point.at), tasks: point.tasks })),
    forecast,
    total: progress.tasks,
  }
}

const steps = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 4, 7, 14, 28, 91, 182, 364].map((days) => days * DAY_MS),
]

/** Round moments of local time between two, at most `most` of them; none so close to the start that its label would be cut. */
export function ticksBetween(from: Date, to: Date, most: number): { at: Date[]; hours: boolean } {
  const span = to.getTime() - from.getTime()
  const step = steps.find((each) => span / each <= most) ?? 364 * DAY_MS
  const shift = from.getTimezoneOffset() * MINUTE_MS
  const first = Math.ceil((from.getTime() + span * 0.06 - shift) / step) * step + shift
  const count = Math.max(0, Math.floor((to.getTime() - first) / step) + 1)
  return {
    at: Array.from({ length: count }, (_, index) => new Date(first + index * step)),
    hours: step < DAY_MS,
  }
}
