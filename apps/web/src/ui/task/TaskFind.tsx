import { lazy, Suspense, useEffect } from 'react'
import { whenIdle } from '../when-idle.ts'
import type { ResponsesView } from './use-responses.ts'

const load = () => import('./FindBar.tsx').then((module) => ({ default: module.FindBar }))
const FindBar = lazy(load)

/** The search in the texts of a task, while it is open; stands above them. */
export function TaskFind({ view }: { view: ResponsesView }) {
  useEffect(() => whenIdle(load), [])
  if (view.finding === null) return null
  return (
    <Suspense fallback={null}>
      <FindBar view={view} />
    </Suspense>
  )
}
