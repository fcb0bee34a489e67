import { useForm } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { Problem } from '../../../ui/Problem.tsx'

/** The password again, before something that only its owner may do. */
export function AskPassword<Answer>({
  why,
  act,
  danger,
  send,
  onDone,
}: {
  why: string
  act: string
  danger?: boolean
  send: (password: string) => Promise<Answer>
  onDone: (answer: Answer) => unknown
}) {
  const { t } = useTranslation('account')
  const form = useForm({ send: (value) => send(value('currentPassword')), done: onDone })
  return (
    <form className="form" {...form.props}>
      <p className="muted">{why}</p>
      <PasswordField
        label={t('password')}
        name="currentPassword"
        autoComplete="current-password"
        required
        error={form.errors.currentPassword}
      />
      <Problem>{form.problem}</Problem>
      <div>
        <Button type="submit" look={danger ? 'danger' : 'primary'} busy={form.busy}>
          {act}
        </Button>
      </div>
    </form>
  )
}
