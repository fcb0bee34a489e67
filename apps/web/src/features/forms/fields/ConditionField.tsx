import { Plus, X } from 'lucide-react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { faultAt, useEditor } from '../editor-context.ts'
import type { Fields } from '../form-draft.ts'
import { operatorsOf, valuesOf } from './condition-values.ts'
import { numberFrom } from './NumberField.tsx'

/** When a question is asked: always, or depending on questions before it. */
export function ConditionField({
  index,
  value,
  onChange,
}: {
  /** The question's place. */
  index: number
  value: unknown
  onChange: (value: Fields | undefined) => void
}) {
  const { t } = useTranslation('forms')
  const { draft, faults } = useEditor()
  const earlier = draft.questions.slice(0, index)
  const condition = (value ?? { match: 'all', tests: [] }) as { match: string; tests: Fields[] }
  const { tests } = condition
  const set = (next: Fields[]) => onChange(next.length === 0 ? undefined : { ...condition, tests: next })
  const change = (at: number, test: Fields) => set(tests.map((each, place) => (place === at ? test : each)))
  if (earlier.length === 0 && tests.length === 0) return <p className="hint">{t('condition.first')}</p>
  return (
    <fieldset className="field form-rows">
      <legend>{t('condition.label')}</legend>
      {tests.length > 1 && (
        <select
          className="input"
          aria-label={t('condition.match')}
          value={condition.match}
          onChange={(event) => onChange({ ...condition, match: event.target.value })}
        >
          <option value="all">{t('condition.all')}</option>
          <option value="any">{t('condition.any')}</option>
        </select>
      )}
      {tests.map((test, at) => {
        const question = draft.questions.find(({ id }) => id === test.question)
        const values = question && valuesOf(question)
        const error = ['question', 'op', 'value'].flatMap(
          (name) => faultAt(faults, `questions.${index}.showIf.tests.${at}.${name}`) ?? [],
        )[0]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name.
          <div key={at} className="form-row condition">
            <select
              className="input"
              aria-label={t('condition.question')}
              value={String(test.question)}
              onChange={(event) => change(at, { question: event.target.value, op: 'answered' })}
            >
              {!question && <option value={String(test.question)}>{String(test.question)}</option>}
              {earlier.map((each) => (
                <option key={String(each.id)} value={String(each.id)}>
                  {String(each.label)}
                </option>
              ))}
            </select>
            <select
              className="input"
              aria-label={t('condition.operator')}
              value={String(test.op)}
              onChange={(event) => {
                const op = event.target.value
                const start = op === 'at_least' || op === 'at_most' ? 1 : (values?.[0]?.value ?? '')
                change(
                  at,
                  op === 'answered' ? { question: test.question, op } : { value: start, ...test, op },
                )
              }}
            >
              {operatorsOf(question).map((op) => (
                <option key={op} value={op}>
                  {t(`condition.operators.${op}`)}
                </option>
              ))}
            </select>
            {test.op !== 'answered' &&
              (values ? (
                <select
                  className="input"
                  aria-label={t('condition.value')}
                  value={String(test.value)}
                  onChange={({ target }) =>
                    change(at, { ...test, value: values[target.selectedIndex]?.value ?? target.value })
                  }
                >
                  {values.map((each) => (
                    <option key={String(each.value)} value={String(each.value)}>
                      {each.label}
                    </option>
                  ))}
                </select>
              ) : (
                <input
                  className="input"
                  aria-label={t('condition.value')}
                  value={String(test.value ?? '')}
                  onChange={(event) =>
                    change(at, {
                      ...test,
                      value:
                        test.op === 'at_least' || test.op === 'at_most'
                          ? (numberFrom(event.target.value) ?? 0)
                          : event.target.value,
                    })
                  }
                />
              ))}
            <Button
              look="quiet"
              iconOnly
              size="s"
              aria-label={t('condition.remove')}
              onClick={() => set(tests.toSpliced(at, 1))}
            >
              <X className="icon" />
            </Button>
            {error && (
              <span className="error" role="alert">
                {error}
              </span>
            )}
          </div>
        )
      })}
      {earlier.length > 0 && (
        <div>
          <Button size="s" onClick={() => set([...tests, { question: earlier.at(-1)?.id, op: 'answered' }])}>
            <Plus className="icon" />
            {t(tests.length === 0 ? 'condition.add' : 'condition.addAnother')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
