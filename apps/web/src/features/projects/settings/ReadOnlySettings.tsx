import type { Project } from '@groundwork/contract'
import { useTranslation } from '../../../i18n/react.ts'
import { formatMoney } from '../../../ui/format.ts'
import { Part } from '../../../ui/Part.tsx'
import { AudienceFields } from '../audience/AudienceFields.tsx'
import { formatMinutes } from '../pricing.ts'
import { termsOf } from './terms.ts'

/** The settings for those who may not change them, or when nothing can be changed any more. */
export function ReadOnlySettings({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const { pay, name, description } = project
  const terms = termsOf(project)
  const rows = [
    {
      name: t('pay.title'),
      text: t('launch.pay', {
        pay: formatMoney(pay.perJudgment),
        hourly: formatMoney({ amount: pay.hourly, currency: pay.currency }),
        time: formatMinutes(pay.estimateSeconds),
      }),
    },
    { name: t('terms.overlap'), text: t('launch.overlap', { count: terms.overlap }) },
    ...(terms.reasonWords === null
      ? []
      : [{ name: t('terms.reason'), text: t('terms.reasonIs', { count: terms.reasonWords }) }]),
    { name: t('terms.review'), text: t('launch.review', { count: terms.reviewWindowDays }) },
    { name: t('terms.lease'), text: t('terms.leaseIs', { count: terms.leaseMinutes }) },
  ]
  return (
    <>
      <Part title={t('settings.general')} about={t('settings.generalHint')}>
        <p className="strong">{name}</p>
        {description && <p className="settings-text">{description}</p>}
      </Part>
      <Part title={t('wizard.who')} about={t('wizard.whoHint')}>
        <AudienceFields value={terms.audience} onChange={() => {}} readOnly />
      </Part>
      <Part title={t('settings.terms')} about={t('settings.payVersion', { version: pay.version })}>
        <dl className="launch-summary">
          {rows.map((row) => (
            <div key={row.name}>
              <dt>{row.name}</dt>
              <dd>{row.text}</dd>
            </div>
          ))}
        </dl>
      </Part>
    </>
  )
}
