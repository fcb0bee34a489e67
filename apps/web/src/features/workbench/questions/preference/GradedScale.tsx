import type { PreferenceQuestion } from '@groundwork/contract'
import { useId } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { letter } from '../../../../ui/task/message-text.ts'
import type { ScalePlace } from '../../preference-scale.ts'

export const scale = [1, 2, 3, 4, 5, 6, 7] as const
export const [nameA, nameB] = [letter(0), letter(1)]
export const tieKeys = { both_good: 'y', both_bad: 'n' } as const
export const otherTies = ({ ties }: PreferenceQuestion) =>
  (['both_good', 'both_bad'] as const).filter((tie) => ties.includes(tie))

/** Seven places from the first response to the second, and the ties. `row`: on one line, for one of several. */
export function GradedScale({
  question,
  place,
  row = false,
  onChoose,
}: {
  question: PreferenceQuestion
  place: ScalePlace | null
  row?: boolean
  onChoose: (place: ScalePlace) => void
}) {
  const { t } = useTranslation('workbench')
  const id = useId()
  const tie = question.ties.includes('tie')
  const others = otherTies(question)
  return (
    <>
      <div className="pref-scale">
        {scale.map((each) => (
          <label key={each} className={isBetween(each, place) ? 'washed' : undefined}>
            <input
              type="radio"
              name={id}
              id={each === 4 ? `${id}-tie` : undefined}
              disabled={each === 4 && !tie}
              aria-label={t(`preference.place.${each}`, { a: nameA, b: nameB })}
              checked={place === each}
              onChange={() => onChoose(each)}
            />
            <span>{each === 1 || each === 7 ? <b>{each}</b> : each}</span>
          </label>
        ))}
      </div>
      {!row && <Says place={place} />}
      {(row ? others.length > 0 : question.ties.length > 0) && (
        <div className="ties">
          {tie && !row && (
            <label className={place === 4 ? 'chosen' : undefined} htmlFor={`${id}-tie`}>
              <span>
                {t('preference.tie')} <kbd>T</kbd>
              </span>
            </label>
          )}
          {others.map((other) => (
            <label key={other}>
              <input
                type="radio"
                name={id}
                aria-label={t(`preference.${other}`)}
                checked={place === other}
                onChange={() => onChoose(other)}
              />
              <span>
                {t(row ? `preference.short.${other}` : `preference.${other}`)}{' '}
                {!row && <kbd>{tieKeys[other].toUpperCase()}</kbd>}
              </span>
            </label>
          ))}
        </div>
      )}
    </>
  )
}

/** The wash runs from the middle to the choice. */
const isBetween = (each: number, place: ScalePlace | null) =>
  typeof place === 'number' &&
  place !== 4 &&
  each !== place &&
  (place < 4 ? each > place && each <= 4 : each < place && each >= 4)

/** The choice in words. */
function Says({ place }: { place: ScalePlace | null }) {
  const { t } = useTranslation('workbench')
  const kind = wordsOf(place)
  return (
    <p className="pref-says" aria-live="polite">
      {kind && (
        <>
          <b>{t(`preference.says.${kind}`, { name: sideOf(place) })}</b>{' '}
          <span className="faint">{t(`preference.means.${kind}`)}</span>
        </>
      )}
    </p>
  )
}

/** Which words say a place. */
export function wordsOf(place: ScalePlace | null) {
  if (typeof place !== 'number') return place
  return (['tie', 'slight', 'clear', 'much'] as const)[Math.abs(place - 4)] ?? 'tie'
}

/** The letter of the response that a place prefers. */
export const sideOf = (place: ScalePlace | null) => (typeof place === 'number' && place < 4 ? nameA : nameB)
