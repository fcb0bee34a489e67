import type { StepsQuestion } from '@groundwork/contract'
import { stepsOf } from '@groundwork/contract/checks'
import { useCallback, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { focusDrawn } from '../../../../ui/focus.ts'
import { isTextField } from '../../../../ui/keys/key-match.ts'
import { useTouch } from '../../../../ui/touch.ts'
import type { QuestionViewProps } from '../registry.tsx'
import { useEditorKeys } from '../use-editor-keys.ts'
import { StepItem } from './StepItem.tsx'
import { answerOf, type Given, givenOf, type Label, lastAsked, nextOpen, progressOf } from './steps-state.ts'
import './steps.css'

const byKey: Record<string, Label> = { '1': 1, c: 1, '2': 0, n: 0, '3': -1, x: -1 }

/** The steps of one response, each of them right, of no use, or wrong. */
export default function StepsView({
  question,
  value,
  onChange,
  task,
  candidates,
  target,
  ownsKeys,
  onAnswered,
  aside,
}: QuestionViewProps<StepsQuestion>) {
  const { t } = useTranslation('steps')
  const touch = useTouch()
  const headId = useId()
  const id = target ?? candidates[0] ?? ''
  const steps = useMemo(() => {
    const candidate = task.candidates.find((each) => each.id === id)
    return candidate ? stepsOf(candidate, question.split) : []
  }, [task, id, question.split])
  const [given, put] = useGiven(value, onChange, question, id, steps)
  const [current, setCurrent] = useState(() => nextOpen(given, question.mode, -1) ?? 0)
  const [commenting, setCommenting] = useState<number | null>(null)
  const [said, say] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const end = lastAsked(given, question.mode)
  const { done, count } = progressOf(given, question.mode)

  const go = (index: number, within = '[data-step]') => {
    const at = Math.min(Math.max(index, 0), steps.length - 1)
    setCurrent(at)
    // A field that a label has just opened is not there before.
    focusDrawn(() => {
      const item = list.current?.children[at]
      const wanted =
        item?.querySelector<HTMLElement>(within) ?? item?.querySelector<HTMLElement>('[data-step]')
      wanted?.focus({ preventScroll: true })
      item?.scrollIntoView({ block: 'nearest' })
    })
  }
  const change = (index: number, part: Partial<Given>): Given[] => {
    const next = given.map((each, at) => (at === index ? { ...each, ...part } : each))
    put(next)
    if (part.label !== undefined && part.label !== null) {
      const now = progressOf(next, question.mode)
      say(`${t(`said.${part.label}`, { number: index + 1 })} ${t('progress', now)}`)
    }
    return next
  }
  // Steps are drawn again only when they change; what they call has to be of now all the same.
  const comment = (index: number) => {
    setCommenting(index)
    go(index, '[data-comment]')
  }
  const latest = useRef({ change, comment })
  latest.current = { change, comment }
  const changeStep = useCallback(
    (index: number, part: Partial<Given>) => void latest.current.change(index, part),
    [],
  )
  const commentOn = useCallback((index: number) => latest.current.comment(index), [])
  /** By key: the next open step follows at once, or the better step where one has to be written. */
  const judge = (label: Label) => {
    if (current > end) return
    const next = change(current, { label })
    if (label === -1 && question.better === 'required') return go(current, '[data-better]')
    const open = nextOpen(next, question.mode, current)
    if (open !== null) return go(open)
    onAnswered?.()
  }
  useEditorKeys(
    ownsKeys
      ? [
          { keys: ['1', 'c'], label: t('label.1'), group: 'answers', run: (key) => judge(byKey[key] ?? 1) },
          ...(question.neutral
            ? [{ keys: ['2', 'n'], label: t('label.0'), group: 'answers' as const, run: () => judge(0) }]
            : []),
          { keys: ['3', 'x'], label: t('label.-1'), group: 'answers', run: () => judge(-1) },
          { keys: 'j', label: t('shortcuts.next'), group: 'answers', run: () => go(current + 1) },
          { keys: 'k', label: t('shortcuts.previous'), group: 'answers', run: () => go(current - 1) },
          ...(question.better === 'none'
            ? []
            : [
                {
                  keys: 'e',
                  label: t('shortcuts.better'),
                  group: 'answers' as const,
                  run: () => given[current]?.label === -1 && current <= end && go(current, '[data-better]'),
                },
              ]),
          {
            keys: 'm',
            label: t('shortcuts.comment'),
            group: 'answers',
            run: () => current <= end && comment(current),
          },
        ]
      : [],
  )
  return (
    <fieldset
      className="q steps"
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return
        if (event.key === 'Escape' && isTextField(event.target)) {
          event.preventDefault()
          go(current)
        } else if (
          (event.key === 'ArrowDown' || event.key === 'ArrowUp') &&
          event.target instanceof HTMLElement &&
          event.target.hasAttribute('data-step')
        ) {
          event.preventDefault()
          go(current + (event.key === 'ArrowDown' ? 1 : -1))
        }
      }}
    >
      <legend className="ask" id={headId}>
        {question.label}
        <span className="opt num">{t('progress', { done, count })}</span>
      </legend>
      {question.hint && <p className="hint">{question.hint}</p>}
      <p className="hint steps-how">
        {t(question.mode === 'first_error' ? 'how.first_error' : 'how.all')}{' '}
        {!touch && <span>{t('how.keys')}</span>}
      </p>
      <div
        className="bar steps-bar"
        role="progressbar"
        aria-label={t('progressLabel')}
        aria-valuemin={0}
        aria-valuemax={count}
        aria-valuenow={done}
        aria-valuetext={t('progress', { done, count })}
      >
        <i style={{ inlineSize: `${count > 0 ? (done / count) * 100 : 0}%` }} />
      </div>
      <p className="sr" role="status">
        {said}
      </p>
      {steps.length === 0 && <p className="hint">{t('empty')}</p>}
      <ol ref={list} aria-labelledby={headId}>
        {steps.map((text, index) => (
          <StepItem
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a response do not move.
            key={index}
            question={question}
            text={text}
            index={index}
            count={steps.length}
            given={given[index] ?? { label: null, better: '', comment: '' }}
            after={index > end}
            current={index === current}
            commenting={index === commenting}
            onCurrent={setCurrent}
            onComment={commentOn}
            onChange={changeStep}
          />
        ))}
      </ol>
      {aside && <div className="under">{aside}</div>}
    </fieldset>
  )
}

/** What was given, also what the answer leaves out. A value that comes from elsewhere goes before it. */
function useGiven(
  value: unknown,
  onChange: (value: unknown) => void,
  question: StepsQuestion,
  candidate: string,
  steps: readonly string[],
): [readonly Given[], (next: Given[]) => void] {
  const [state, setState] = useState(() => ({ value, given: givenOf(value, candidate, steps) }))
  const given = useMemo(
    () => (state.value === value ? state.given : givenOf(value, candidate, steps)),
    [state, value, candidate, steps],
  )
  const put = (next: Given[]) => {
    const answer = answerOf(question, candidate, steps, next)
    setState({ value: answer, given: next })
    onChange(answer)
  }
  return [given, put]
}
