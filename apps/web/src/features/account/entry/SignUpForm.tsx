import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { auth } from '../../../api/auth.ts'
import { client } from '../../../api/client.ts'
import { useForm } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { focusOnMount } from '../../../ui/focus.ts'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { Problem } from '../../../ui/Problem.tsx'
import { type Path, PathChoice } from './PathChoice.tsx'
import { useEnter } from './use-enter.ts'

export function SignUpForm({
  startAs,
  next,
  invitation,
}: {
  startAs: Path
  next: string | undefined
  invitation: { token: string; email: string } | undefined
}) {
  const { t } = useTranslation(['account', 'common'])
  const navigate = useNavigate()
  const enter = useEnter()
  const [path, setPath] = useState(startAs)
  const form = useForm({
    send: async (value) => {
      await auth.signUp({
        name: value('name').trim(),
        email: value('email').trim(),
        password: value('password'),
        ...(invitation && { invitation: invitation.token }),
      })
      if (!invitation) return false
      // Where joining fails, the invitation's own page says why.
      return client.acceptInvitation({ params: { token: invitation.token } }).then(
        () => true,
        () => false,
      )
    },
    done: async (joined) => {
      if (joined) return enter('/projects')
      if (next && next !== '/') return enter(next)
      await navigate(
        path === 'trainer'
          ? { to: '/account/profile', search: { first: true } }
          : { to: '/organization/new' },
      )
    },
  })
  return (
    <form className="form" {...form.props}>
      {!invitation && <PathChoice value={path} onChange={setPath} />}
      <TextField
        ref={focusOnMount}
        label={t('name')}
        name="name"
        autoComplete="name"
        required
        maxLength={120}
        error={form.errors.name}
      />
      <TextField
        label={t('email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        defaultValue={invitation?.email}
        readOnly={invitation !== undefined}
        error={form.errors.email}
      />
      <PasswordField
        label={t('password')}
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
        {t(invitation ? 'signUp.actInvited' : 'signUp.act')}
      </Button>
      <p className="note">
        {t('signUp.known')}{' '}
        <Link to="/sign-in" search={{ next }}>
          {t('signIn.act')}
        </Link>
      </p>
    </form>
  )
}
