import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { client } from '../../api/client.ts'
import { chooseOrganization, meQuery, useMe } from '../../api/session.ts'
import { useForm } from '../../api/use-form.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { focusOnMount } from '../../ui/focus.ts'
import { Problem } from '../../ui/Problem.tsx'
import { useTitle } from '../../ui/use-title.ts'
import './people.css'

/** Founds an organization. The first one leads on to its first project. */
export function NewOrganizationPage() {
  const { t } = useTranslation('people')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const first = useMe().memberships.length === 0
  useTitle(t('new.title'))
  const form = useForm({
    send: (value) => client.createOrganization({ body: { name: value('name').trim() } }),
    done: async ({ organization }) => {
      chooseOrganization(organization.id)
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      await navigate({ to: first ? '/projects/new' : '/organization' })
    },
  })
  return (
    <>
      <h1 className="lede">{t('new.title')}</h1>
      <p className="people-lead">{t('new.lead')}</p>
      <form className="form people-form" {...form.props}>
        <TextField
          ref={focusOnMount}
          label={t('new.name')}
          name="name"
          autoComplete="organization"
          required
          maxLength={120}
          error={form.errors.name}
        />
        <Problem>{form.problem}</Problem>
        <div>
          <Button type="submit" look="primary" busy={form.busy}>
            {t('new.act')}
          </Button>
        </div>
      </form>
    </>
  )
}
