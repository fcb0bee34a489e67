import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import { useTranslation } from '../../i18n/react.ts'
import { EntryPage } from '../../ui/EntryPage.tsx'
import { PasswordStep } from './entry/PasswordStep.tsx'
import { SecondFactorStep } from './entry/SecondFactorStep.tsx'
import { useEnter } from './entry/use-enter.ts'

const route = getRouteApi('/sign-in')

/** Signing in: the password, then a code when the account wants one. */
export function SignInPage() {
  const { t } = useTranslation('account')
  const { next } = route.useSearch()
  const enter = useEnter()
  const [step, setStep] = useState<'password' | 'code'>('password')
  const { data: setup } = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => client.getSetup({ signal }),
  })
  if (step === 'code')
    return (
      <EntryPage title={t('code.title')} lead={t('code.lead')}>
        <SecondFactorStep onDone={() => enter(next)} onAgain={() => setStep('password')} />
      </EntryPage>
    )
  return (
    <EntryPage
      title={t('signIn.title')}
      lead={location.host}
      foot={setup?.demo ? t('signIn.demo') : undefined}
    >
      <PasswordStep next={next} onDone={() => enter(next)} onSecondFactor={() => setStep('code')} />
    </EntryPage>
  )
}
