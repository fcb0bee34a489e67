import { useQueryClient } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { meQuery, useMe } from '../../api/session.ts'
import { useForm } from '../../api/use-form.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Part } from '../../ui/Part.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { showToast } from '../../ui/toast-store.ts'

export function NamePart() {
  const { t } = useTranslation(['account', 'common'])
  const queries = useQueryClient()
  const { user } = useMe()
  const form = useForm({
    send: (value) => client.updateMe({ body: { name: value('name').trim() } }),
    done: (me) => {
      queries.setQueryData(meQuery.queryKey, me)
      showToast({ text: t('you.saved') })
    },
  })
  return (
    <Part title={t('you.title')} about={t('you.about')}>
      <form className="form account-field" {...form.props}>
        <TextField
          label={t('name')}
          name="name"
          defaultValue={user.name}
          autoComplete="name"
          required
          maxLength={120}
          error={form.errors.name}
        />
        <p>
          <span className="label">{t('email')}</span>
          <br />
          {user.email}
        </p>
        <Problem>{form.problem}</Problem>
        <div>
          <Button type="submit" busy={form.busy}>
            {t('you.save')}
          </Button>
        </div>
      </form>
    </Part>
  )
}
