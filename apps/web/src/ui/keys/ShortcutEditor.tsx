import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../Button.tsx'
import { useStore } from '../store.ts'
import {
  type BindingProblem,
  bindings,
  boundKey,
  keyName,
  pressedKey,
  problemOf,
  slotOf,
  withBinding,
} from './bindings.ts'
import { idOf, type Shortcut } from './shortcuts.ts'

type Slot = { slot: string; key: string; own: string; shortcut: Shortcut; several: boolean }

const slotsOf = (shortcuts: readonly Shortcut[], bound: Readonly<Record<string, string>>): Slot[] =>
  shortcuts.flatMap((shortcut) => {
    const keys = [shortcut.keys].flat()
    const id = idOf(shortcut)
    return keys.map((own) => ({
      slot: slotOf(id, own),
      key: boundKey(bound, id, own),
      own,
      shortcut,
      several: keys.length > 1,
    }))
  })

/** The keys of some shortcuts, each to be set anew: press its button, then the key. Says what speaks against a key. */
export function ShortcutEditor({ rows, all }: { rows: readonly Shortcut[]; all: readonly Shortcut[] }) {
  const { t } = useTranslation()
  const bound = useStore(bindings)
  const [asking, setAsking] = useState<string | null>(null)
  const [refused, setRefused] = useState<{ slot: string; key: string; problem: BindingProblem } | null>(null)
  const everything = slotsOf(all, bound)

  const onKeyDown = (event: KeyboardEvent, { slot, shortcut }: Slot) => {
    if (asking !== slot) return
    // Tab and Escape keep their meaning: nobody is caught in here.
    if (event.key === 'Tab') return setAsking(null)
    const key = pressedKey(event)
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return setAsking(null)
    if (key === null) return
    const problem = problemOf(key, { slot, whileTyping: shortcut.whileTyping === true }, everything)
    if (problem) return setRefused({ slot, key, problem })
    bindings.set(withBinding(bound, slot, key))
    setAsking(null)
    setRefused(null)
  }
  const why = (key: string, problem: BindingProblem) => {
    if (problem.kind !== 'taken') return t(`keys.problem.${problem.kind}`, { key: keyName(key) })
    const other = everything.find(({ slot }) => slot === problem.slot)
    return t('keys.problem.taken', { key: keyName(key), label: other?.shortcut.label ?? '' })
  }
  return (
    <ul className="shortcut-editor">
      {slotsOf(rows, bound).map((each) => {
        const { slot, key, own, shortcut, several } = each
        const name = several ? `${shortcut.label} (${keyName(own)})` : shortcut.label
        const changed = key !== own
        return (
          <li key={slot}>
            <span className="act">{name}</span>
            {changed && (
              <Button
                className="link"
                aria-label={t('keys.resetOf', { label: name, key: keyName(own) })}
                onClick={() => bindings.set(withBinding(bound, slot, null))}
              >
                {t('keys.reset', { key: keyName(own) })}
              </Button>
            )}
            {key !== '' && (
              <Button
                className="link"
                aria-label={t('keys.turnOffOf', { label: name })}
                onClick={() => bindings.set(withBinding(bound, slot, ''))}
              >
                {t('keys.turnOff')}
              </Button>
            )}
            <Button
              size="s"
              aria-label={
                asking === slot
                  ? t('keys.press')
                  : t('keys.set', { label: name, key: keyName(key) || t('keys.off') })
              }
              aria-pressed={asking === slot}
              onClick={() => {
                setAsking(asking === slot ? null : slot)
                setRefused(null)
              }}
              onKeyDown={(event) => onKeyDown(event, each)}
              onBlur={() => setAsking((now) => (now === slot ? null : now))}
            >
              {asking === slot ? t('keys.press') : key === '' ? t('keys.off') : <kbd>{keyName(key)}</kbd>}
            </Button>
            {refused?.slot === slot && (
              <p
                className="problem"
                role="alert"
                ref={(element) => element?.scrollIntoView({ block: 'nearest' })}
              >
                {why(refused.key, refused.problem)}
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}
