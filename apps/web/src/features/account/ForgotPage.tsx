import { Link } from '@tanstack/react-router'
import { auth } from '../../api/auth.ts'
import { useForm } from '../../api/use-form.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { EntryPage } from '../../ui/EntryPage.tsx'
import { TextField } from '../../ui/Field.tsx'
import { focusOnMount } from '../../ui/focus.ts'
import { Problem } from '../../ui/Problem.tsx'

/** Asks for a link to a new password. The answer is the same whether the account exists or not. */
export function ForgotPage() {
  const { t } = useTranslation('account')
  const form = useForm({
    send: async (value) => {
      const email = value('email').trim()
      await auth.requestPasswordReset(email)
      return email
    },
  })
  const back = (
    <p className="note">
      <Link to="/sign-in">{t('forgot.back')}</Link>
    </p>
  )
  if (form.answer)
    return (
      <EntryPage title={t('forgot.sentTitle')}>
        <p ref={focusOnMount} tabIndex={-1}>
          {t('forgot.sent', { email: form.answer })}
        </p>
        <p className="note">{t('forgot.noMail')}</p>
        {back}
      </EntryPage>
    )
  return (
    <EntryPage title={t('forgot.title')} lead={t('forgot.lead')}>
      <form className="form" {...form.props}>
        <TextField
          ref={focusOnMount}
          label={t('email')}
          name="email"
          type="email"
          autoComplete="username"
          required
          error={form.errors.email}
        />
        <Problem>{form.problem}</Problem>
        <Button type="submit" look="primary" size="l" busy={form.busy}>
          {t('forgot.act')}
        </Button>
        {back}
      </form>
    </EntryPage>
  )
}
