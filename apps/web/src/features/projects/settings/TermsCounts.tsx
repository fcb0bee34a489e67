import { useTranslation } from '../../../i18n/react.ts'
import { CountField, isWithin } from '../CountField.tsx'
import type { TermsDraft } from './terms.ts'

export function TermsCounts({
  terms,
  errors,
  onChange,
}: {
  terms: TermsDraft
  errors: Record<string, string>
  onChange: (change: Partial<TermsDraft>) => void
}) {
  const { t } = useTranslation('projects')
  return (
    <div className="terms-counts">
      <CountField
        label={t('terms.overlap')}
        unit={t('terms.people')}
        value={terms.overlap}
        min={1}
        max={50}
        onChange={(overlap) => onChange({ overlap })}
        error={isWithin(terms.overlap, 1, 50) ? errors.overlap : t('terms.badOverlap')}
        hint={t('terms.overlapLater')}
      />
      {terms.reasonWords !== null && (
        <CountField
          label={t('terms.reason')}
          unit={t('terms.words')}
          value={terms.reasonWords}
          min={0}
          max={2000}
          onChange={(reasonWords) => onChange({ reasonWords })}
          error={isWithin(terms.reasonWords, 0, 2000) ? errors.form : t('terms.badWords')}
          hint={t('terms.reasonHint')}
        />
      )}
      <CountField
        label={t('terms.review')}
        unit={t('terms.days')}
        value={terms.reviewWindowDays}
        min={0}
        max={60}
        onChange={(reviewWindowDays) => onChange({ reviewWindowDays })}
        error={isWithin(terms.reviewWindowDays, 0, 60) ? errors.reviewWindowDays : t('terms.badReview')}
        hint={t('terms.reviewHint')}
      />
      <CountField
        label={t('terms.lease')}
        unit={t('terms.minutes')}
        value={terms.leaseMinutes}
        min={2}
        max={1440}
        onChange={(leaseMinutes) => onChange({ leaseMinutes })}
        error={isWithin(terms.leaseMinutes, 2, 1440) ? errors.leaseMinutes : t('terms.badLease')}
        hint={t('terms.leaseHint')}
      />
    </div>
  )
}
