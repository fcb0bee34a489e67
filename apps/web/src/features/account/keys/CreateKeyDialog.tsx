import type { ApiKey } from '@groundwork/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../api/client.ts'
import { projectsQuery } from '../../../api/queries.ts'
import { useMe } from '../../../api/session.ts'
import { useForm } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { CopyText } from '../../../ui/CopyText.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { SelectField, TextField } from '../../../ui/Field.tsx'
import { formatDateTime } from '../../../ui/format.ts'
import { Problem } from '../../../ui/Problem.tsx'

const scopes = ['write', 'read'] as const
const days = [7, 30, 90, 365, 730]

/** Makes a key, then shows its secret this one time. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account')
  const [made, setMade] = useState<{ key: ApiKey; secret: string }>()
  return (
    <Dialog
      open
      onClose={onClose}
      title={made ? t('keys.madeTitle', { name: made.key.name }) : t('keys.create')}
    >
      {made ? (
        <>
          <p role="status">{t('keys.made')}</p>
          <CopyText label={t('keys.secret')} text={made.secret}>
            {t('keys.holds', { date: formatDateTime(made.key.expiresAt) })}
          </CopyText>
          <CopyText
            label={t('keys.try')}
            text={`curl -H "Authorization: Bearer ${made.secret}" ${location.origin}/api/v1/me`}
            shown={`curl -H "Authorization: Bearer gw_…" ${location.origin}/api/v1/me`}
          />
          <div>
            <Button look="primary" onClick={onClose}>
              {t('keys.done')}
            </Button>
          </div>
        </>
      ) : (
        <KeyForm onDone={setMade} />
      )}
    </Dialog>
  )
}

function KeyForm({ onDone }: { onDone: (made: { key: ApiKey; secret: string }) => void }) {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const { memberships } = useMe()
  const projects = useQuery(projectsQuery(undefined)).data?.items ?? []
  const form = useForm({
    send: (value) => {
      const limit = readLimit(value('limit'))
      return client.createApiKey({
        body: {
          name: value('name').trim(),
          scope: value('scope') === 'read' ? 'read' : 'write',
          expiresInDays: Number(value('expiresInDays')),
          ...limit,
        },
      })
    },
    done: async (made) => {
      onDone(made)
      await queries.invalidateQueries({ queryKey: ['api-keys'] })
    },
  })
  return (
    <form className="form" {...form.props}>
      <TextField
        label={t('keys.name')}
        hint={t('keys.nameHint')}
        name="name"
        required
        maxLength={120}
        autoComplete="off"
        error={form.errors.name}
      />
      <fieldset className="field">
        <legend className="label">{t('keys.may')}</legend>
        <div className="seg keys-scope">
          {scopes.map((scope) => (
            <label key={scope}>
              <input type="radio" name="scope" value={scope} defaultChecked={scope === 'write'} />
              <span>{t(`keys.scopes.${scope}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {memberships.length > 0 && (
        <SelectField
          label={t('keys.limit')}
          hint={t('keys.limitHint')}
          name="limit"
          error={form.errors.organizationId ?? form.errors.projectId}
        >
          <option value="">{t('keys.noLimit')}</option>
          {memberships.map(({ organization }) => (
            <optgroup key={organization.id} label={organization.name}>
              <option value={`organization ${organization.id}`}>
                {t('keys.wholeOrganization', { name: organization.name })}
              </option>
              {projects
                .filter((project) => project.organizationId === organization.id)
                .map((project) => (
                  <option key={project.id} value={`project ${project.id}`}>
                    {t('keys.oneProject', { name: project.name })}
                  </option>
                ))}
            </optgroup>
          ))}
        </SelectField>
      )}
      <SelectField
        label={t('keys.expires')}
        name="expiresInDays"
        defaultValue={90}
        error={form.errors.expiresInDays}
      >
        {days.map((count) => (
          <option key={count} value={count}>
            {t('keys.days', { count })}
          </option>
        ))}
      </SelectField>
      <Problem>{form.problem}</Problem>
      <div>
        <Button type="submit" look="primary" busy={form.busy}>
          {t('keys.create')}
        </Button>
      </div>
    </form>
  )
}

function readLimit(value: string): { organizationId?: string; projectId?: string } {
  const [kind, id] = value.split(' ')
  if (!id) return {}
  return kind === 'project' ? { projectId: id } : { organizationId: id }
}
