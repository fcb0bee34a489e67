import { type ComponentProps, lazy, Suspense } from 'react'
import type Items from './MissingItems.tsx'

const MissingItems = lazy(() => import('./MissingItems.tsx'))

/** What still misses, each as the way to it. The words come with it when they are first needed. */
export function MissingList(props: ComponentProps<typeof Items>) {
  return (
    <Suspense fallback={null}>
      <MissingItems {...props} />
    </Suspense>
  )
}
