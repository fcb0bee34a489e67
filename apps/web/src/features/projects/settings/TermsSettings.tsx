import type { Project } from '@groundwork/contract'
import { useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Part } from '../../../ui/Part.tsx'
import { AudienceFields } from '../audience/AudienceFields.tsx'
import { AudienceMatch } from '../audience/AudienceMatch.tsx'
import { PayFields } from '../PayFields.tsx'
import { SaveBar } from './SaveBar.tsx'
import { TermsCounts } from './TermsCounts.tsx'
import { changesBetween, isValid, type TermsDraft, termsOf } from './terms.ts'
import { useSettings } from './use-settings.ts'

/** Audience, pay, overlap and times. Changes hold for slots that are opened later. */
export function TermsSettings({ project }: { project: Project }) {
  const { t } = useTranslation('projects')
  const saved = termsOf(project)
  const [typed, setTyped] = useState<TermsDraft | null>(null)
  // Counts up on a revert, so that half-typed fields forget what they hold.
  const [round, setRound] = useState(0)
  const terms = typed ?? saved
  const { save, errors } = useSettings(project)
  const change = (next: Partial<TermsDraft>) => setTyped({ ...terms, ...next })
  const body = changesBetween(project, saved, terms)
  const changed = Object.keys(body).length > 0
  const valid = isValid(terms)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!valid || !changed) return
        const undo = changesBetween(project, terms, saved)
        save.mutate({ body, undo }, { onSuccess: () => setTyped(null) })
      }}
    >
      <fieldset key={round}>
        <Part title={t('wizard.who')} about={t('wizard.whoHint')}>
          <AudienceFields value={terms.audience} onChange={(audience) => change({ audience })} />
          <AudienceMatch audience={terms.audience} />
        </Part>
        <Part title={t('pay.title')} about={t('settings.payVersion', { version: project.pay.version })}>
          <PayFields
            value={terms.pay}
            onChange={(pay) => change({ pay })}
            errors={errors}
            currencyFixed={project.state !== 'draft'}
          />
          <p className="hint">{t('settings.later')}</p>
        </Part>
        <Part title={t('settings.work')} about={t('settings.workHint')}>
          <TermsCounts terms={terms} errors={errors} onChange={change} />
        </Part>
      </fieldset>
      <SaveBar
        changed={changed}
        valid={valid}
        busy={save.isPending}
        error={Object.keys(errors).length === 0 ? save.error : null}
        onRevert={() => {
          setTyped(null)
          setRound(round + 1)
        }}
      />
    </form>
  )
}
