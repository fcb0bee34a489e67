import { Link } from '@tanstack/react-router'
import { errorText } from '../../api/error-text.ts'
import { isMissing } from '../../api/missing.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/bits.tsx'
import { NoSuch } from '../../ui/NoSuch.tsx'

/** No task could be had: there is no such project for this person, or something broke. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation(['workbench', 'common'])
  if (isMissing(error)) {
    return (
      <NoSuch
        noun="project"
        act={
          <Link className="btn" to="/home">
            {t('common:noSuch.home')}
          </Link>
        }
      />
    )
  }
  return (
    <Empty title={t('failed.title')} act={<Button onClick={onRetry}>{t('common:actions.retry')}</Button>}>
      {errorText(error)}
    </Empty>
  )
}
