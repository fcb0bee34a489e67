import type { createDestination } from '@groundwork/contract'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { z } from 'zod'
import { client } from '../../api/client.ts'
import { errorText, fieldErrors } from '../../api/error-text.ts'
import { queryClient } from '../../api/query-client.ts'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { SelectField, TextField } from '../../ui/Field.tsx'
import { destinationsQuery } from './exports-queries.ts'

type Kind = 'hugging_face' | 's3' | 'folder'
const fields = {
  hugging_face: ['repository'],
  s3: ['endpoint', 'region', 'bucket', 'prefix', 'accessKeyId'],
  folder: ['path'],
} as const
const optional = new Set<string>(['prefix', 'region'])

/** A new place for exports. Its secret goes to the server once and is never shown again. */
export function DestinationDialog({
  organizationId,
  onClose,
  onAdded,
}: {
  organizationId: string
  onClose: () => void
  onAdded: (id: string) => void
}) {
  const { t } = useTranslation(['exports', 'common'])
  const formId = useId()
  const [kind, setKind] = useState<Kind>('hugging_face')
  const add = useMutation({
    mutationFn: (body: z.input<typeof createDestination>) =>
      client.createDestination({ params: { id: organizationId }, body }),
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: destinationsQuery(organizationId).queryKey })
      onAdded(made.id)
    },
  })
  const errors = fieldErrors(add.error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    // The dialog stands inside the form of the export as React sees it.
    event.stopPropagation()
    const given = new FormData(event.currentTarget)
    const text = (name: string) => String(given.get(name) ?? '').trim()
    const values = Object.fromEntries(
      fields[kind]
        .map((name) => [name, text(name)])
        .filter(([name = '', value]) => value || !optional.has(name)),
    )
    const place = {
      kind,
      ...values,
      ...(kind === 'hugging_face' && { private: given.get('private') === 'on' }),
    }
    const secret = text('secret')
    add.mutate({ name: text('name'), place: place as never, ...(kind !== 'folder' && { secret }) })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('newDestination')}
      foot={
        <>
          <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
          <Button type="submit" form={formId} look="primary" busy={add.isPending}>
            {t('addDestination')}
          </Button>
        </>
      }
    >
      <form id={formId} className="form" onSubmit={submit}>
        <SelectField
          label={t('placeKind')}
          value={kind}
          onChange={(event) => setKind(event.target.value as Kind)}
        >
          {(['hugging_face', 's3', 'folder'] as const).map((each) => (
            <option key={each} value={each}>
              {t(`places.${each}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          name="name"
          label={t('placeName')}
          required
          maxLength={80}
          error={errors.name}
          autoComplete="off"
        />
        {fields[kind].map((name) => (
          <TextField
            key={`${kind} ${name}`}
            name={name}
            label={t(`placeFields.${name}`)}
            required={!optional.has(name)}
            optional={optional.has(name)}
            error={errors[`place.${name}`] ?? errors[`place.${kind}.${name}`]}
            autoComplete="off"
            spellCheck={false}
          />
        ))}
        {kind === 'hugging_face' && (
          <label className="check">
            <input type="checkbox" name="private" defaultChecked />
            <span>{t('private')}</span>
          </label>
        )}
        {kind !== 'folder' && (
          <TextField
            name="secret"
            type="password"
            label={t(kind === 's3' ? 'secretKey' : 'token')}
            hint={t('secretHint')}
            required
            error={errors.secret}
            autoComplete="off"
          />
        )}
        {add.error && Object.keys(errors).length === 0 && (
          <p className="form-error" role="alert">
            {errorText(add.error)}
          </p>
        )}
        {errors['place.kind'] && (
          <p className="form-error" role="alert">
            {errors['place.kind']}
          </p>
        )}
      </form>
    </Dialog>
  )
}
