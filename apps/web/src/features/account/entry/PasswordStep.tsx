import { Link } from '@tanstack/react-router'
import { auth } from '../../../api/auth.ts'
import { useForm } from '../../../api/use-form.ts'
import { useTranslation, withElements } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { focusOnMount } from '../../../ui/focus.ts'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { Problem } from '../../../ui/Problem.tsx'

export function PasswordStep({
  next,
  onDone,
  onSecondFactor,
}: {
  next: string | undefined
  onDone: () => unknown
  onSecondFactor: () => void
}) {
  const { t } = useTranslation('account')
  const form = useForm({
    send: (value) => auth.signIn({ email: value('email').trim(), password: value('password') }),
    done: ({ secondFactor }) => (secondFactor ? onSecondFactor() : onDone()),
  })
  return (
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
      <PasswordField
        label={t('password')}
        name="password"
        autoComplete="current-password"
        required
        error={form.errors.password}
        aside={<Link to="/forgot">{t('signIn.forgotten')}</Link>}
      />
      <Problem>{form.problem}</Problem>
      <Button type="submit" look="primary" size="l" busy={form.busy}>
        {t('signIn.act')}
      </Button>
      <p className="note">
        {withElements(t('signIn.new'), {
          trainer: <Link to="/sign-up" search={{ as: 'trainer', next }} />,
          team: <Link to="/sign-up" search={{ as: 'team', next }} />,
        })}
      </p>
    </form>
  )
}
