import { useEffect } from 'react'
import { useTranslation } from '../i18n/react.ts'

/** Names the page in the tab and for screen readers, for as long as it is shown. */
export function useTitle(title: string): void {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = t('pageTitle', { title })
    return () => {
      document.title = t('appName')
    }
  }, [t, title])
}
