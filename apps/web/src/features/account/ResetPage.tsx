import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { auth } from '../../api/auth.ts'
import { useForm } from '../../api/use-form.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { EntryPage } from '../../ui/EntryPage.tsx'
import { focusOnMount } from '../../ui/focus.ts'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { showToast } from '../../ui/toast-store.ts'

const route = getRouteApi('/reset')

/** Where the link of a reset mail leads: a new password, which ends all sessions of the account. */
export function ResetPage() {
  const { t } = useTranslation(['account', 'common'])
  const { token, error } = route.useSearch()
  const navigate = useNavigate()
  const form = useForm({
    send: (value) => auth.resetPassword({ token: token ?? '', newPassword: value('password') }),
    done: () => {
      showToast({ text: t('reset.done') })
      return navigate({ to: '/sign-in' })
    },
  })
  if (!token || error)
    return (
      <EntryPage title={t('reset.brokenTitle')} lead={t('reset.broken')}>
        <Link to="/forgot" className="btn l">
          {t('reset.again')}
        </Link>
      </EntryPage>
    )
  return (
    <EntryPage title={t('reset.title')} lead={t('reset.lead')}>
      <form className="form" {...form.props}>
        <PasswordField
          ref={focusOnMount}
          label={t('newPassword')}
          hint={t('common:auth.passwordHint')}
          name="password"
          autoComplete="new-password"
          required
          minLength={12}
          maxLength={200}
          error={form.errors.password}
        />
        <Problem>{form.problem}</Problem>
        <Button type="submit" look="primary" size="l" busy={form.busy}>
          {t('reset.act')}
        </Button>
        <p className="note">
          <Link to="/forgot">{t('reset.again')}</Link>
        </p>
      </form>
    </EntryPage>
  )
}
