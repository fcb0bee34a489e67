import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { createContext, lazy, type ReactNode, Suspense, useContext } from 'react'
import { errorText } from '../api/error-text.ts'
import { isMissing } from '../api/missing.ts'
import { useTranslation } from '../i18n/react.ts'
import { Button } from '../ui/Button.tsx'
import { Empty, Pending } from '../ui/bits.tsx'
import { useTitle } from '../ui/use-title.ts'

/** Whether the page around has its `<main>` already. */
export const InMain = createContext(false)

/** The frame of these pages, named in the tab as its heading says. */
function Main({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title)
  return useContext(InMain) ? children : <main className="page">{children}</main>
}

/** A page that broke: what is known about it, and a way on. The rest of the app keeps running. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  if (isMissing(error)) return <NotFoundPage />
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <Main title={t('errors.pageTitle')}>
      <Empty
        level={1}
        title={t('errors.pageTitle')}
        act={<Button onClick={retry}>{t('actions.retry')}</Button>}
      >
        {errorText(error)}
      </Empty>
    </Main>
  )
}

const NotFound = lazy(() => import('./NotFound.tsx').then((module) => ({ default: module.NotFound })))

export function NotFoundPage() {
  return (
    <Suspense fallback={<Pending />}>
      <NotFound inMain={useContext(InMain)} />
    </Suspense>
  )
}
