import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { auth } from '../../../api/auth.ts'
import { useMe } from '../../../api/session.ts'
import { useForm } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Part } from '../../../ui/Part.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { Problem } from '../../../ui/Problem.tsx'
import { showToast } from '../../../ui/toast-store.ts'

export function PasswordPart() {
  const { t } = useTranslation(['account', 'common'])
  const [changes, setChanges] = useState(0)
  return (
    <Part title={t('password')} about={t('changePassword.about')}>
      {/* A new key empties the fields once the password is changed. */}
      <PasswordForm
        key={changes}
        onDone={() => {
          setChanges(changes + 1)
          showToast({ text: t('changePassword.done') })
        }}
      />
    </Part>
  )
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['account', 'common'])
  const queries = useQueryClient()
  const { user } = useMe()
  const form = useForm({
    send: (value) =>
      auth.changePassword({
        currentPassword: value('currentPassword'),
        newPassword: value('password'),
        revokeOtherSessions: value('elsewhere') !== '',
      }),
    done: async () => {
      await queries.invalidateQueries({ queryKey: ['sessions'] })
      onDone()
    },
  })
  return (
    <form className="form account-field" {...form.props}>
      {/* For password managers: whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
      <PasswordField
        label={t('changePassword.current')}
        name="currentPassword"
        autoComplete="current-password"
        required
        error={form.errors.currentPassword}
      />
      <PasswordField
        label={t('newPassword')}
        hint={t('common:auth.passwordHint')}
        name="password"
        autoComplete="new-password"
        required
        minLength={12}
        maxLength={200}
        error={form.errors.password}
      />
      <label className="check">
        <input type="checkbox" name="elsewhere" defaultChecked />
        {t('changePassword.elsewhere')}
      </label>
      <Problem>{form.problem}</Problem>
      <div>
        <Button type="submit" busy={form.busy}>
          {t('changePassword.act')}
        </Button>
      </div>
    </form>
  )
}
