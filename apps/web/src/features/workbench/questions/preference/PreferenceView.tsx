import type { PreferenceQuestion } from '@groundwork/contract'
import { useRef, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { type Shortcut, useShortcuts } from '../../../../ui/keys/shortcuts.ts'
import { hasOwnArrows } from '../../arrows.ts'
import type { ScalePlace } from '../../preference-scale.ts'
import type { QuestionViewProps } from '../registry.tsx'
import { GradedScale, nameA, nameB, otherTies, scale, sideOf, tieKeys, wordsOf } from './GradedScale.tsx'
import { nextOpenRow, placeOfRow, type Row, withRow } from './graded.ts'

/**
 * Which of the two responses on the screen is better: overall, and on each axis of the question. Keys answer the active row, and go on
 * to the next one that is open; arrows move between the rows.
 */
export default function PreferenceView({
  question,
  value,
  onChange,
  onAnswered,
  candidates,
  ownsKeys,
  aside,
}: QuestionViewProps<PreferenceQuestion>) {
  const { t } = useTranslation('workbench')
  const root = useRef<HTMLFieldSetElement>(null)
  const [row, setRow] = useState<Row>(null)
  const axes = question.axes ?? []
  const rows: Row[] = [null, ...axes.map(({ id }) => id)]
  const choose = (which: Row, place: ScalePlace) => onChange(withRow(value, which, place, candidates))
  const byKey = (place: ScalePlace) => {
    const next = withRow(value, row, place, candidates)
    onChange(next)
    const open = nextOpenRow(question, next, row, candidates)
    if (open === undefined) onAnswered?.()
    else setRow(open)
  }
  const move = (by: 1 | -1) => {
    const focus = document.activeElement
    if (!root.current?.contains(focus) && hasOwnArrows(focus)) return false
    const next = rows[rows.indexOf(row) + by]
    if (next === undefined) return false
    setRow(next)
    // From a control of one row to the other row itself, whose name is then read out.
    if (root.current?.contains(focus))
      root.current.querySelector<HTMLElement>(`[data-part="${partOfRow(next)}"]`)?.focus()
  }
  const tie = question.ties.includes('tie')
  const keys: Shortcut[] = [
    {
      keys: scale.filter((each) => each !== 4 || tie).map(String),
      label: t('shortcuts.preference'),
      group: 'answers',
      run: (key) => byKey(Number(key) as ScalePlace),
    },
    ...(tie
      ? [{ keys: 't', label: t('shortcuts.tie'), group: 'answers' as const, run: () => byKey(4) }]
      : []),
    ...otherTies(question).map((other) => ({
      keys: tieKeys[other],
      label: t(`shortcuts.${other}`),
      group: 'answers' as const,
      run: () => byKey(other),
    })),
    ...(axes.length > 0
      ? [
          {
            keys: ['ArrowUp', 'ArrowDown'],
            label: t('shortcuts.axes'),
            group: 'answers' as const,
            run: (key: string) => move(key === 'ArrowDown' ? 1 : -1),
          },
        ]
      : []),
  ]
  useShortcuts(ownsKeys ? keys : [])
  const several = axes.length > 0
  const overall = (
    <>
      <div className="pref-ends" aria-hidden="true">
        <span>
          <b>{nameA}</b> {t('preference.ends.muchBetter')}
        </span>
        <span>{t('preference.ends.same')}</span>
        <span>
          <b>{nameB}</b> {t('preference.ends.muchBetter')}
        </span>
      </div>
      <GradedScale
        question={question}
        place={placeOfRow(value, null, candidates)}
        onChoose={(place) => choose(null, place)}
      />
    </>
  )
  return (
    <fieldset className={several ? 'q graded' : 'q pref'} ref={root}>
      <legend className="ask">{question.label}</legend>
      {question.hint && <p className="hint">{question.hint}</p>}
      {several ? (
        <fieldset
          className="row axis"
          data-part={partOfRow(null)}
          data-active={(ownsKeys && row === null) || undefined}
          tabIndex={-1}
          onFocus={() => setRow(null)}
        >
          <legend>{t('preference.overall')}</legend>
          {overall}
        </fieldset>
      ) : (
        overall
      )}
      {axes.map((axis) => {
        const place = placeOfRow(value, axis.id, candidates)
        const words = wordsOf(place)
        return (
          <fieldset
            className="row axis"
            key={axis.id}
            data-part={partOfRow(axis.id)}
            data-active={(ownsKeys && row === axis.id) || undefined}
            tabIndex={-1}
            onFocus={() => setRow(axis.id)}
          >
            <legend>
              {axis.label}
              {words && (
                <span className="faint">{t(`preference.says.${words}`, { name: sideOf(place) })}</span>
              )}
            </legend>
            {axis.hint && <p className="hint">{axis.hint}</p>}
            <div className="axis-scale">
              <GradedScale question={question} row place={place} onChoose={(next) => choose(axis.id, next)} />
            </div>
          </fieldset>
        )
      })}
      {aside && <div className="under">{aside}</div>}
    </fieldset>
  )
}

/** As the contract's paths name a row within the answer. */
const partOfRow = (row: Row) => (row === null ? 'overall' : `axes.${row}`)
