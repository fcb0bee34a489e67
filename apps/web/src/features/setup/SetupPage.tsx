import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { client } from '../../api/client.ts'
import { errorText } from '../../api/error-text.ts'
import { useTranslation } from '../../i18n/react.ts'
import { EntryPage } from '../../ui/EntryPage.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { SetupForm } from './SetupForm.tsx'

const route = getRouteApi('/setup')

/** The first start of an empty instance: its operator, and the first organization. */
export function SetupPage() {
  const { t } = useTranslation('setup')
  const { token } = route.useSearch()
  const { data, error } = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => client.getSetup({ signal }),
    staleTime: 0,
  })
  if (data && !data.needed)
    return (
      <EntryPage title={t('doneTitle')} lead={t('done')}>
        <Link to="/sign-in" className="btn primary l">
          {t('signIn')}
        </Link>
      </EntryPage>
    )
  return (
    <EntryPage title={t('title')} lead={t('lead')}>
      {error && <Problem>{errorText(error)}</Problem>}
      {data && <SetupForm token={token} />}
    </EntryPage>
  )
}
