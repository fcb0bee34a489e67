import type { Webhook, WebhookEvent } from '@groundwork/contract'
import type { FieldValue } from '../../../api/use-form.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { TextField } from '../../../ui/Field.tsx'

export const webhookEvents = [
  'task.finished',
  'task.flagged',
  'judgment.flagged',
  'project.finished',
  'export.ready',
] as const satisfies WebhookEvent[]

/** The events whose boxes are ticked. */
export const eventsOf = (value: FieldValue): WebhookEvent[] =>
  webhookEvents.filter((event) => value(`event ${event}`) !== '')

/** Address, description and events of an endpoint. */
export function EndpointFields({ webhook, errors }: { webhook?: Webhook; errors: Record<string, string> }) {
  const { t } = useTranslation('webhooks')
  return (
    <>
      <TextField
        label={t('form.url')}
        hint={t('form.urlHint')}
        name="url"
        inputMode="url"
        required
        maxLength={2_000}
        defaultValue={webhook?.url}
        placeholder="https://example.org/hooks"
        autoComplete="off"
        error={errors.url}
      />
      <TextField
        label={t('form.description')}
        optional
        name="description"
        maxLength={200}
        defaultValue={webhook?.description}
        autoComplete="off"
        error={errors.description}
      />
      <fieldset className="field webhook-events">
        <legend className="label">{t('form.events')}</legend>
        {webhookEvents.map((event) => (
          <label key={event} className="check">
            <input
              type="checkbox"
              name={`event ${event}`}
              defaultChecked={webhook ? webhook.events.includes(event) : event === 'task.finished'}
            />
            <span>
              {t(`event.${event}.name`)}
              <span className="sub">{t(`event.${event}.hint`)}</span>
            </span>
          </label>
        ))}
        {errors.events && (
          <p className="error" role="alert">
            {errors.events}
          </p>
        )}
      </fieldset>
    </>
  )
}
