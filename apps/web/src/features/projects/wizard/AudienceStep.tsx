import type { Project } from '@groundwork/contract'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { errorText } from '../../../api/error-text.ts'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { Part } from '../../../ui/Part.tsx'
import { AudienceFields } from '../audience/AudienceFields.tsx'
import { AudienceMatch } from '../audience/AudienceMatch.tsx'
import { CountField, isWithin } from '../CountField.tsx'
import { PayFields } from '../PayFields.tsx'
import { isZero, priceOf } from '../pricing.ts'
import { BackLink } from './BackLink.tsx'
import { Estimate } from './Estimate.tsx'
import { ShortEstimate } from './ShortEstimate.tsx'
import { StepFoot } from './StepFoot.tsx'
import { type Terms, useAutosave } from './use-autosave.ts'

export function AudienceStep({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const navigate = useNavigate()
  const [terms, setTerms] = useState<Terms>(() => ({
    audience: project.audience,
    pay: {
      currency: project.pay.currency,
      hourly: project.pay.hourly,
      estimateSeconds: project.pay.estimateSeconds,
    },
    overlap: project.overlap.judgments,
    reviewWindowDays: project.reviewWindowDays,
  }))
  const change = (next: Partial<Terms>) => setTerms((now) => ({ ...now, ...next }))
  const price = priceOf(terms.pay, project.progress.tasks, terms.overlap)
  const valid = price !== null && isWithin(terms.overlap, 1, 50) && isWithin(terms.reviewWindowDays, 0, 60)
  const saving = useAutosave(project, terms, valid)
  return (
    <div className="wizard-columns">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!valid) return
          void saving
            .flush()
            .then(() => navigate({ to: '/projects/new', search: { project: project.id, step: 'launch' } }))
            .catch(() => {})
        }}
      >
        <Part title={t('wizard.who')} about={t('wizard.whoHint')}>
          <AudienceFields value={terms.audience} onChange={(audience) => change({ audience })} />
          <AudienceMatch audience={terms.audience} />
        </Part>
        <Part title={t('pay.title')} about={t('pay.promise')}>
          <PayFields
            value={terms.pay}
            onChange={(pay) => change({ pay })}
            errors={saving.errors}
            currencyFixed={!isZero(project.progress.money.funded)}
          />
        </Part>
        <Part title={t('terms.overlap')} about={t('terms.overlapHint')}>
          <CountField
            label={t('terms.overlapLabel')}
            unit={t('terms.people')}
            value={terms.overlap}
            min={1}
            max={50}
            onChange={(overlap) => change({ overlap })}
            error={isWithin(terms.overlap, 1, 50) ? saving.errors.overlap : t('terms.badOverlap')}
            hint={t('terms.overlapWhy')}
          />
        </Part>
        <Part title={t('terms.review')} about={t('terms.reviewAbout')}>
          <CountField
            label={t('terms.reviewLabel')}
            unit={t('terms.days')}
            value={terms.reviewWindowDays}
            min={0}
            max={60}
            onChange={(reviewWindowDays) => change({ reviewWindowDays })}
            error={
              isWithin(terms.reviewWindowDays, 0, 60) ? saving.errors.reviewWindowDays : t('terms.badReview')
            }
            hint={t('terms.reviewHint')}
          />
        </Part>
        {saving.error && Object.keys(saving.errors).length === 0 && (
          <p className="form-error" role="alert">
            {errorText(saving.error)}
          </p>
        )}
        <StepFoot
          back={<BackLink project={project.id} step="guideline" />}
          note={t(saving.isSaving ? 'wizard.saving' : 'wizard.nothingCharged')}
        >
          <ShortEstimate price={price} />
          <Button type="submit" look={valid ? 'primary' : 'waiting'} disabled={!valid} busy={saving.isSaving}>
            {t('wizard.toLaunch')}
          </Button>
        </StepFoot>
      </form>
      <Estimate
        price={price}
        tasks={project.progress.tasks}
        overlap={terms.overlap}
        audience={terms.audience}
      />
    </div>
  )
}
