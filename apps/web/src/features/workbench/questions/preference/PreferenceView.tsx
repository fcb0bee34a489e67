import type { PreferenceQuestion } from '@groundwork/contract'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../../../ui/keys/shortcuts.ts'
import { letter } from '../../../../ui/task/message-text.ts'
import { answerFromPlace, placeFromAnswer, type ScalePlace } from '../../preference-scale.ts'
import type { QuestionViewProps } from '../registry.tsx'

const scale = [1, 2, 3, 4, 5, 6, 7] as const
const [nameA, nameB] = [letter(0), letter(1)]

/** Which of the two responses on the screen is better: seven places from the one to the other, and the kinds of tie. */
export function PreferenceView({
  question,
  value,
  onChange,
  candidates,
  ownsKeys,
}: QuestionViewProps<PreferenceQuestion>) {
  const { t } = useTranslation('workbench')
  const id = useId()
  const place = placeFromAnswer(value, candidates)
  const choose = (next: ScalePlace) => onChange(answerFromPlace(next, candidates))
  const has = (tie: 'tie' | 'both_good' | 'both_bad') => question.ties.includes(tie)
  const others = (['both_good', 'both_bad'] as const).filter(has)

  useShortcuts(
    ownsKeys
      ? [
          {
            keys: scale.filter((each) => each !== 4 || has('tie')).map(String),
            label: t('shortcuts.preference'),
            group: 'answers',
            run: (key) => choose(Number(key) as ScalePlace),
          },
          ...(has('tie')
            ? [{ keys: 't', label: t('shortcuts.tie'), group: 'answers' as const, run: () => choose(4) }]
            : []),
          ...others.map((other) => ({
            keys: tieKeys[other],
            label: t(`shortcuts.${other}`),
            group: 'answers' as const,
            run: () => choose(other),
          })),
        ]
      : [],
  )
  return (
    <fieldset className="q pref">
      <legend className="ask">{question.label}</legend>
      {question.hint && <p className="hint">{question.hint}</p>}
      <div className="pref-ends" aria-hidden="true">
        <span>
          <b>{nameA}</b> {t('preference.ends.muchBetter')}
        </span>
        <span>{t('preference.ends.same')}</span>
        <span>
          <b>{nameB}</b> {t('preference.ends.muchBetter')}
        </span>
      </div>
      <div className="pref-scale">
        {scale.map((each) => (
          <label key={each} className={isBetween(each, place) ? 'washed' : undefined}>
            <input
              type="radio"
              name={id}
              id={each === 4 ? `${id}-tie` : undefined}
              disabled={each === 4 && !has('tie')}
              aria-label={t(`preference.place.${each}`, { a: nameA, b: nameB })}
              checked={place === each}
              onChange={() => choose(each)}
            />
            <span>{each === 1 || each === 7 ? <b>{each}</b> : each}</span>
          </label>
        ))}
      </div>
      <Says place={place} />
      {question.ties.length > 0 && (
        <div className="ties">
          {has('tie') && (
            <label className={place === 4 ? 'chosen' : undefined} htmlFor={`${id}-tie`}>
              <span>
                {t('preference.tie')} <kbd>T</kbd>
              </span>
            </label>
          )}
          {others.map((other) => (
            <label key={other}>
              <input type="radio" name={id} checked={place === other} onChange={() => choose(other)} />
              <span>
                {t(`preference.${other}`)} <kbd>{tieKeys[other].toUpperCase()}</kbd>
              </span>
            </label>
          ))}
        </div>
      )}
    </fieldset>
  )
}

const tieKeys = { both_good: 'y', both_bad: 'n' } as const

/** The wash runs from the middle to the choice. */
const isBetween = (each: number, place: ScalePlace | null) =>
  typeof place === 'number' &&
  place !== 4 &&
  each !== place &&
  (place < 4 ? each > place && each <= 4 : each < place && each >= 4)

/** The choice in words. */
function Says({ place }: { place: ScalePlace | null }) {
  const { t } = useTranslation('workbench')
  const tie = place === 4 ? 'tie' : place
  const size =
    typeof place === 'number'
      ? ((['tie', 'slight', 'clear', 'much'] as const)[Math.abs(place - 4)] ?? 'tie')
      : null
  const kind = typeof tie === 'number' ? size : tie
  return (
    <p className="pref-says" aria-live="polite">
      {kind && (
        <>
          <b>
            {t(`preference.says.${kind}`, { name: typeof place === 'number' && place < 4 ? nameA : nameB })}
          </b>{' '}
          <span className="faint">{t(`preference.means.${kind}`)}</span>
        </>
      )}
    </p>
  )
}
