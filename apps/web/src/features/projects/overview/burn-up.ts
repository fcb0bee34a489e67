import type { Project } from '@groundwork/contract'

export type Point = { at: Date; tasks: number }
export type Day = { date: string; tasksDone: number; judgments: number }
export type Course = {
  /** Tasks done by then, from the launch to now (or to the finish). */
  done: Point[]
  /** From now to the forecast finish; null when nothing can be said. */
  forecast: [Point, Point] | null
  total: number
}

const DAY_MS = 86_400_000

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
