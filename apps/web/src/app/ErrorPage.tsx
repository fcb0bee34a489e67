import { ApiError } from '@groundwork/client'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/error-text.ts'
import { Button } from '../ui/Button.tsx'
import { Empty } from '../ui/bits.tsx'

/** A page that broke: what is known about it, and a way on. The rest of the app keeps running. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  if (error instanceof ApiError && error.status === 404) return <NotFoundPage />
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <main className="page">
      <Empty title={t('errors.pageTitle')} act={<Button onClick={retry}>{t('actions.retry')}</Button>}>
        {errorText(error)}
      </Empty>
    </main>
  )
}

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <main className="page">
      <Empty
        title={t('errors.notFoundTitle')}
        act={
          <Link to="/" className="btn">
            {t('errors.back')}
          </Link>
        }
      >
        {t('errors.notFound')}
      </Empty>
    </main>
  )
}
