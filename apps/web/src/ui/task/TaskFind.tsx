import { lazy, Suspense } from 'react'
import type { ResponsesView } from './use-responses.ts'

const FindBar = lazy(() => import('./FindBar.tsx').then((module) => ({ default: module.FindBar })))

/** The search in the texts of a task, while it is open; stands above them. */
export function TaskFind({ view }: { view: ResponsesView }) {
  if (view.finding === null) return null
  return (
    <Suspense fallback={null}>
      <FindBar view={view} />
    </Suspense>
  )
}
