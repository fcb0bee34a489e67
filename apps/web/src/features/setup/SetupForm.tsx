import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { auth } from '../../api/auth.ts'
import { client } from '../../api/client.ts'
import { useForm } from '../../api/use-form.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { Problem } from '../../ui/Problem.tsx'

export function SetupForm({ token }: { token: string | undefined }) {
  const { t } = useTranslation(['setup', 'common'])
  const navigate = useNavigate()
  const queries = useQueryClient()
  const form = useForm({
    send: async (value) => {
      const email = value('email').trim()
      const password = value('password')
      await client.completeSetup({
        body: {
          token: value('token').trim(),
          name: value('name').trim(),
          email,
          password,
          organization: value('organization').trim(),
        },
      })
      await auth.signIn({ email, password })
    },
    done: () => {
      queries.clear()
      return navigate({ to: '/projects' })
    },
  })
  return (
    <form className="form" {...form.props}>
      <TextField
        label={t('token')}
        hint={t('tokenHint')}
        name="token"
        defaultValue={token}
        required
        autoComplete="off"
        spellCheck={false}
        error={form.errors.token}
      />
      <TextField
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
      <TextField
        label={t('organization')}
        hint={t('organizationHint')}
        name="organization"
        autoComplete="organization"
        required
        maxLength={120}
        error={form.errors.organization}
      />
      <Problem>{form.problem}</Problem>
      <Button type="submit" look="primary" size="l" busy={form.busy}>
        {t('act')}
      </Button>
    </form>
  )
}
