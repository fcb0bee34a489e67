import type { Claim, SourcesQuestion } from '@groundwork/contract'
import { isWebAddress } from '@groundwork/contract/checks'
import { ArrowDown, ArrowUp, Check, CircleDashed, ExternalLink, Plus, Quote, Trash2, X } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { focusDrawn } from '../../../../ui/focus.ts'
import { isTextField } from '../../../../ui/keys/key-match.ts'
import { needsOf } from './claims-state.ts'

const MOST_SOURCES = 20

/** One claim: its text, the verdict, the sources, a comment, and what it still misses. */
export function ClaimCard({
  question,
  claim,
  number,
  last,
  keys,
  onChange,
  onMove,
  onDelete,
  onOpen,
  onShow,
}: {
  question: SourcesQuestion
  claim: Claim
  number: number
  last: boolean
  /** Key of each verdict. */
  keys: ReadonlyMap<string, string>
  onChange: (part: Partial<Claim>, tag?: string) => void
  onMove: (by: 1 | -1) => void
  onDelete: () => void
  /** Asked to open an address; never opened from here. */
  onOpen: (url: string) => void
  /** Shows where the claim stands in the text. */
  onShow: () => void
}) {
  const { t } = useTranslation('marking')
  const id = useId()
  const [commenting, setCommenting] = useState(claim.comment !== undefined)
  const needs = needsOf(question, claim)
  const setSource = (index: number, part: { url?: string; quote?: string }) =>
    onChange(
      {
        sources: claim.sources.map((each, at) => {
          if (at !== index) return each
          const { quote, ...rest } = { ...each, ...part }
          return quote ? { ...rest, quote } : rest
        }),
      },
      `${id} ${index} ${Object.keys(part).join()}`,
    )
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey && (event.key === 'PageUp' || event.key === 'PageDown')) {
      event.preventDefault()
      onMove(event.key === 'PageUp' ? -1 : 1)
      return
    }
    // Verdicts by key, wherever nothing is written.
    if (isTextField(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
    const verdict = [...keys].find(([, key]) => key === event.key.toLowerCase())?.[0]
    if (verdict === undefined) return
    event.preventDefault()
    onChange({ verdict })
  }
  return (
    <li
      className="claim"
      data-part={`claims.${number - 1}`}
      data-claim={number - 1}
      tabIndex={-1}
      aria-label={t('claims.claim', { number })}
      onKeyDown={onKeyDown}
    >
      <div className="claim-head">
        <b>{t('claims.claim', { number })}</b>
        <span className={needs.length > 0 ? 'claim-needs' : 'claim-done'} id={`${id}-state`}>
          {needs.length > 0 ? <CircleDashed className="icon" /> : <Check className="icon" />}
          {needs.length > 0
            ? t('claims.misses', { what: needs.map((need) => t(`claims.needs.${need}`)).join(', ') })
            : t('claims.complete')}
        </span>
        <span className="claim-tools">
          <Button
            look="quiet"
            iconOnly
            aria-label={t('claims.up', { number })}
            disabled={number === 1}
            onClick={() => onMove(-1)}
          >
            <ArrowUp className="icon" />
          </Button>
          <Button
            look="quiet"
            iconOnly
            aria-label={t('claims.down', { number })}
            disabled={last}
            onClick={() => onMove(1)}
          >
            <ArrowDown className="icon" />
          </Button>
          <Button look="quiet" iconOnly aria-label={t('claims.delete', { number })} onClick={onDelete}>
            <Trash2 className="icon" />
          </Button>
        </span>
      </div>
      <label className="claim-text">
        <span className="sr">{t('claims.text')}</span>
        <textarea
          rows={2}
          dir="auto"
          data-claim-text
          placeholder={t('claims.text')}
          aria-describedby={`${id}-state`}
          maxLength={5_000}
          value={claim.claim}
          onChange={(event) => onChange({ claim: event.target.value }, `${id} claim`)}
        />
      </label>
      {claim.at && (
        <Button look="quiet" size="s" className="claim-at" onClick={onShow}>
          <Quote className="icon" />
          {t('claims.from')}
        </Button>
      )}
      <fieldset className="claim-verdict">
        <legend className="sr">{t('claims.verdict')}</legend>
        <div className="seg">
          {question.verdicts.map((each) => (
            <label key={each.value} title={each.hint}>
              <input
                type="radio"
                name={`${id}-verdict`}
                aria-label={each.label}
                checked={claim.verdict === each.value}
                onChange={() => onChange({ verdict: each.value })}
              />
              <span>
                {each.label} {keys.has(each.value) && <kbd>{keys.get(each.value)?.toUpperCase()}</kbd>}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {claim.sources.map((source, index) => {
        const place = { number: index + 1 }
        const bad = source.url.trim() !== '' && !isWebAddress(source.url)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: sources have no name but their place.
          <div key={index} className="claim-source">
            <input
              className="input"
              type="url"
              inputMode="url"
              dir="ltr"
              spellCheck={false}
              autoComplete="off"
              aria-label={t('claims.url', place)}
              aria-invalid={bad || undefined}
              aria-describedby={bad ? `${id}-bad-${index}` : undefined}
              placeholder="https://"
              maxLength={2_000}
              value={source.url}
              onChange={(event) => setSource(index, { url: event.target.value })}
            />
            <Button
              look="quiet"
              iconOnly
              aria-label={t('claims.open', place)}
              disabled={!isWebAddress(source.url)}
              onClick={() => onOpen(source.url.trim())}
            >
              <ExternalLink className="icon" />
            </Button>
            <Button
              look="quiet"
              iconOnly
              aria-label={t('claims.removeSource', place)}
              onClick={() => onChange({ sources: claim.sources.filter((_, at) => at !== index) })}
            >
              <X className="icon" />
            </Button>
            <textarea
              rows={2}
              dir="auto"
              aria-label={t('claims.quoteOf', place)}
              placeholder={t('claims.quote')}
              maxLength={10_000}
              value={source.quote ?? ''}
              onChange={(event) => setSource(index, { quote: event.target.value })}
            />
            {bad && (
              <p className="error small" id={`${id}-bad-${index}`}>
                {t('claims.badUrl')}
              </p>
            )}
          </div>
        )
      })}
      {commenting && (
        <textarea
          rows={2}
          dir="auto"
          data-comment
          aria-label={t('claims.comment')}
          placeholder={t('claims.comment')}
          maxLength={5_000}
          value={claim.comment ?? ''}
          onChange={(event) => onChange({ comment: event.target.value }, `${id} comment`)}
        />
      )}
      <div className="claim-more">
        {claim.sources.length < MOST_SOURCES && (
          <Button
            look="quiet"
            size="s"
            onClick={(event) => {
              const card = event.currentTarget.closest('[data-claim]')
              onChange({ sources: [...claim.sources, { url: '' }] })
              focusDrawn(() =>
                [...(card?.querySelectorAll<HTMLElement>('input[type="url"]') ?? [])].at(-1)?.focus(),
              )
            }}
          >
            <Plus className="icon" />
            {t('claims.addSource')}
          </Button>
        )}
        {!commenting && (
          <Button
            look="quiet"
            size="s"
            onClick={(event) => {
              const card = event.currentTarget.closest('[data-claim]')
              setCommenting(true)
              focusDrawn(() => card?.querySelector<HTMLElement>('[data-comment]')?.focus())
            }}
          >
            <Plus className="icon" />
            {t('claims.addComment')}
          </Button>
        )}
      </div>
    </li>
  )
}
