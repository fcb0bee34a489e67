import type { Webhook } from '@groundwork/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { projectsQuery } from '../../../api/queries.ts'
import { useForm } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { SelectField } from '../../../ui/Field.tsx'
import { Problem } from '../../../ui/Problem.tsx'
import { EndpointFields, eventsOf } from './EndpointFields.tsx'
import { webhooksQuery } from './queries.ts'
import { SecretOnce } from './SecretOnce.tsx'

/** Adds an endpoint, then shows its secret this one time. */
export function NewEndpointDialog({
  organizationId,
  onClose,
}: {
  organizationId: string
  onClose: () => void
}) {
  const { t } = useTranslation('webhooks')
  const [made, setMade] = useState<{ webhook: Webhook; secret: string }>()
  return (
    <Dialog open onClose={onClose} title={made ? t('secret.title') : t('add')}>
      {made ? (
        <SecretOnce made={made} onDone={onClose} />
      ) : (
        <NewEndpointForm organizationId={organizationId} onDone={setMade} />
      )}
    </Dialog>
  )
}

function NewEndpointForm({
  organizationId,
  onDone,
}: {
  organizationId: string
  onDone: (made: { webhook: Webhook; secret: string }) => void
}) {
  const { t } = useTranslation('webhooks')
  const queries = useQueryClient()
  const projects = useQuery(projectsQuery(organizationId)).data?.items ?? []
  const form = useForm({
    check: (value): Record<string, string> =>
      eventsOf(value).length === 0 ? { events: t('form.eventsMissing') } : {},
    send: (value) => {
      const projectId = value('projectId')
      return client.createWebhook({
        params: { id: organizationId },
        body: {
          url: value('url').trim(),
          description: value('description').trim(),
          events: eventsOf(value),
          ...(projectId && { projectId }),
        },
      })
    },
    done: async (made) => {
      onDone(made)
      await queries.invalidateQueries({ queryKey: webhooksQuery(organizationId).queryKey })
    },
  })
  return (
    <form className="form" {...form.props}>
      <EndpointFields errors={form.errors} />
      <SelectField label={t('form.project')} name="projectId" error={form.errors.projectId}>
        <option value="">{t('form.allProjects')}</option>
        {projects.map((project) => (
          <option key={project.id} value={project.id}>
            {project.name}
          </option>
        ))}
      </SelectField>
      <Problem>{form.errors.events ? undefined : form.problem}</Problem>
      <div>
        <Button type="submit" look="primary" busy={form.busy}>
          {t('form.add')}
        </Button>
      </div>
    </form>
  )
}
