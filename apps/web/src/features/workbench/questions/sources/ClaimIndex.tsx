import type { Claim, SourcesQuestion } from '@groundwork/contract'
import { useTranslation } from '../../../../i18n/react.ts'
import { needsOf } from './claims-state.ts'

/** The claims by number; those that still miss something are dashed. */
export function ClaimIndex({
  question,
  claims,
  onGo,
}: {
  question: SourcesQuestion
  claims: readonly Claim[]
  onGo: (index: number) => void
}) {
  const { t } = useTranslation('marking')
  const needs = claims.map((claim) => needsOf(question, claim))
  const open = needs.filter((each) => each.length > 0).length
  return (
    <nav className="claim-index" aria-label={t('claims.title')}>
      {needs.map((each, index) => {
        const what = each.map((need) => t(`claims.needs.${need}`)).join(', ')
        const state = what === '' ? t('claims.complete') : t('claims.misses', { what })
        return (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: claims have no name but their place.
            key={index}
            type="button"
            data-open={what === '' ? undefined : true}
            aria-label={t('claims.jump', { number: index + 1, state })}
            onClick={() => onGo(index)}
          >
            {index + 1}
          </button>
        )
      })}
      <span className="faint small">
        {open > 0 ? t('claims.openCount', { count: open }) : t('claims.allComplete')}
      </span>
    </nav>
  )
}
