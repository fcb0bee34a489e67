import { Pause, Play, Square, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '../../../i18n/react.ts'
import { Button } from '../../../ui/Button.tsx'
import { useStore } from '../../../ui/store.ts'
import { letter } from '../../../ui/task/message-text.ts'
import type { ResponsesView } from '../../../ui/task/use-responses.ts'
import { signOfListening } from '../signs-of-life.ts'
import { speak } from './speak.ts'
import { speech } from './speech.ts'
import './desk.css'

const rates = [0.75, 1, 1.25, 1.5, 2]

/** Reads the selection or one of the texts aloud, with a pause and a speed. Silent as soon as another task comes. */
export function SpeechBar({ taskId, view }: { taskId: string; view: ResponsesView }) {
  const { t } = useTranslation(['desk', 'common'])
  const { rate } = useStore(speech)
  const [what, setWhat] = useState('shown')
  const [state, setState] = useState<'silent' | 'speaking' | 'paused'>('silent')
  const stopper = useRef<() => void>(() => {})
  const parts = view.texts()

  const stop = () => {
    stopper.current()
    setState('silent')
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another task, or the bar is gone.
  useEffect(
    () => () => {
      stopper.current()
      setState('silent')
    },
    [taskId],
  )
  const start = () => {
    const part = what === 'shown' ? view.shown : what === 'context' ? null : Number.parseInt(what, 10)
    const element = parts.find(({ position }) => position === part)?.element ?? parts[0]?.element
    const text = selectedText() || (element ? readableText(element) : '')
    if (text === '') return
    stopper.current = speak(
      text,
      { rate, lang: element?.closest('[lang]')?.getAttribute('lang') ?? '' },
      { piece: signOfListening, end: () => setState('silent') },
    )
    setState('speaking')
  }
  const toggle = () => {
    if (state === 'silent') return start()
    if (state === 'speaking') window.speechSynthesis.pause()
    else window.speechSynthesis.resume()
    setState(state === 'speaking' ? 'paused' : 'speaking')
  }
  return (
    <section className="speech-bar" aria-label={t('aloud.title')}>
      <Button size="s" onClick={toggle}>
        {state === 'speaking' ? <Pause className="icon" /> : <Play className="icon" />}
        {t(state === 'speaking' ? 'aloud.pause' : state === 'paused' ? 'aloud.resume' : 'aloud.read')}
      </Button>
      <Button look="quiet" iconOnly aria-label={t('aloud.stop')} disabled={state === 'silent'} onClick={stop}>
        <Square className="icon" />
      </Button>
      <select
        className="input"
        aria-label={t('aloud.what')}
        value={what}
        onChange={(event) => setWhat(event.target.value)}
      >
        <option value="shown">{t('aloud.shown')}</option>
        {parts.map(({ position }) => (
          <option key={String(position)} value={position ?? 'context'}>
            {position === null
              ? t('common:task.findContext')
              : t('common:task.response', { name: letter(position) })}
          </option>
        ))}
      </select>
      <label className="small muted">
        {t('aloud.rate')}{' '}
        <select
          className="input"
          value={rate}
          onChange={(event) => speech.set({ on: true, rate: Number(event.target.value) })}
        >
          {rates.map((each) => (
            <option key={each} value={each}>
              {each}×
            </option>
          ))}
        </select>
      </label>
      <span className="faint small">{t('aloud.hint')}</span>
      <Button
        className="end"
        look="quiet"
        iconOnly
        aria-label={t('aloud.off')}
        onClick={() => speech.set({ on: false, rate })}
      >
        <X className="icon" />
      </Button>
    </section>
  )
}

/** What is selected in the texts of the task. */
function selectedText(): string {
  const selection = document.getSelection()
  const inText = selection?.anchorNode?.parentElement?.closest('.said')
  return inText ? (selection?.toString().trim() ?? '') : ''
}

/** The text as it is read: without what only screen readers have of formulas, and without the bars of code. */
function readableText(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement
  for (const each of copy.querySelectorAll('.katex-html, figcaption, .sr, button')) each.remove()
  for (const each of copy.querySelectorAll('p, li, pre, tr, h3, h4, h5, h6')) each.append('\n')
  return copy.textContent ?? ''
}
