import type { TurnsQuestion } from '@groundwork/contract'
import { Redo2, Undo2 } from 'lucide-react'
import { useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { focusDrawn } from '../../../../ui/focus.ts'
import { MessageView } from '../../../../ui/task/MessageView.tsx'
import { showToast } from '../../../../ui/toast-store.ts'
import { useUndo } from '../history.ts'
import type { QuestionViewProps } from '../registry.tsx'
import { TurnCard } from './TurnCard.tsx'
import {
  answerOf,
  goWith,
  roleAt,
  type Turns,
  turnsOf,
  withComposed,
  without,
  withPair,
  written,
} from './turns-state.ts'
import { WritingField } from './WritingField.tsx'
import './turns.css'

/** A conversation that the trainer writes, or goes on with; of one message only, it is one large field. */
export default function TurnsView({
  question,
  value,
  onChange,
  task,
  aside,
}: QuestionViewProps<TurnsQuestion>) {
  const { t } = useTranslation(['turns', 'common'])
  const headId = useId()
  const [turns, put] = useTurns(value, onChange, question)
  const history = useUndo(turns, put)
  const [editing, setEditing] = useState<number | null>(null)
  const [said, say] = useState('')
  const root = useRef<HTMLFieldSetElement>(null)
  const { first, min, max, last } = question
  const single = min === 1 && max === 1
  const { texts, added } = turns
  const role = (index: number) => t(`common:task.roles.${roleAt(first, index)}`)
  const opening = first === 'assistant' ? task.context.at(-1) : undefined
  const count = answerOf(turns, first)?.messages.length ?? 0

  const focus = (selector: string) =>
    focusDrawn(() => root.current?.querySelector<HTMLElement>(selector)?.focus())
  const write = (index: number, text: string) =>
    history.change((before) => written(before, index, text), `typing ${index}`)
  const add = () => {
    history.change(withComposed)
    say(
      added + 1 < max
        ? t('said.added', { number: added + 1, next: role(added + 1) })
        : t('said.full', { max }),
    )
    focus(added + 1 < max ? '[data-composer]' : `[data-part="messages.${added}"]`)
  }
  const remove = (index: number) => {
    const before = turns
    history.change((now) => without(now, index))
    setEditing(null)
    showToast({
      text: t('said.deleted', { count: goWith(before, index) }),
      act: { label: t('common:actions.undo'), run: () => history.change(() => before) },
    })
    focus('[data-composer], [data-part]')
  }
  const insert = (index: number) => {
    history.change((now) => withPair(now, index))
    edit(index)
  }
  const edit = (index: number) => {
    setEditing(index)
    focus(`[data-editing]`)
  }
  const done = (index: number) => {
    setEditing(null)
    focus(`[data-part="messages.${index}"]`)
  }
  const words = (index: number) => (roleAt(first, index) === 'assistant' ? question.minWords : 0)
  if (single) {
    return (
      <fieldset className="q talk" ref={root}>
        <legend className="ask">
          {question.label}
          {!question.required && <span className="opt">{t('optional')}</span>}
        </legend>
        {question.hint && <p className="hint">{question.hint}</p>}
        <WritingField
          field
          large
          label={t('field', { role: role(0) })}
          text={texts[0] ?? ''}
          minWords={words(0)}
          onText={(text) => put(written({ texts, added: 0 }, 0, text))}
          aside={aside}
        />
      </fieldset>
    )
  }
  return (
    <fieldset className="q talk" ref={root}>
      <legend className="ask" id={headId}>
        {question.label}
        <span className="opt num">
          {t('count', { count })} {count < min && t('atLeast', { min })}{' '}
          {count >= max && t('atMost', { max })}
        </span>
      </legend>
      {question.hint && <p className="hint">{question.hint}</p>}
      <div className="talk-head">
        <p className="hint">
          {last ? t('how.last', { role: t(`common:task.roles.${last}`) }) : t('how.any')}
        </p>
        <Button
          look="quiet"
          iconOnly
          aria-label={t('undo')}
          disabled={!history.canUndo}
          onClick={history.undo}
        >
          <Undo2 className="icon" />
        </Button>
        <Button
          look="quiet"
          iconOnly
          aria-label={t('redo')}
          disabled={!history.canRedo}
          onClick={history.redo}
        >
          <Redo2 className="icon" />
        </Button>
      </div>
      <p className="sr" role="status">
        {said}
      </p>
      <ol className="talk-list" aria-labelledby={headId}>
        {opening && (
          <li className="turn-card given" data-role={opening.role}>
            <p className="who">
              {t(`common:task.roles.${opening.role}`)} <span className="faint">{t('ofTask')}</span>
            </p>
            <div className="said">
              <MessageView message={opening} />
            </div>
          </li>
        )}
        {texts.slice(0, added).map((text, index) => (
          <TurnCard
            // biome-ignore lint/suspicious/noArrayIndexKey: a message is its place in the conversation.
            key={index}
            index={index}
            role={roleAt(first, index)}
            text={text}
            minWords={words(index)}
            editing={index === editing}
            pair={goWith(turns, index) === 2}
            canInsert={added + 2 <= max}
            onText={(next) => write(index, next)}
            onEdit={() => edit(index)}
            onDone={() => done(index)}
            onDelete={() => remove(index)}
            onInsert={() => insert(index)}
          />
        ))}
        {added < max && (
          <li className="turn-card composer" data-role={roleAt(first, added)} data-part={`messages.${added}`}>
            <WritingField
              field={editing === null}
              composer
              label={t('write', { number: added + 1, role: role(added) })}
              text={texts[added] ?? ''}
              minWords={words(added)}
              onText={(text) => write(added, text)}
              onDone={add}
              act={t('add')}
              note={t('ctrlEnter.add')}
            />
          </li>
        )}
      </ol>
      {aside && <div className="under">{aside}</div>}
    </fieldset>
  )
}

/** The messages with what is in the composer. A value that comes from elsewhere goes before them. */
function useTurns(
  value: unknown,
  onChange: (value: unknown) => void,
  { first }: TurnsQuestion,
): [Turns, (next: Turns) => void] {
  const [state, setState] = useState(() => ({ value, turns: turnsOf(value) }))
  const turns = useMemo(() => (state.value === value ? state.turns : turnsOf(value)), [state, value])
  const put = (next: Turns) => {
    const answer = answerOf(next, first)
    setState({ value: answer, turns: next })
    onChange(answer)
  }
  return [turns, put]
}
