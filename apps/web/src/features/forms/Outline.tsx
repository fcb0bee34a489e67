import type { Block, QuestionType } from '@groundwork/contract'
import { Copy, GripVertical, Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { Button } from '../../ui/Button.tsx'
import { focusDrawn } from '../../ui/focus.ts'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { faultsBelow, useEditor } from './editor-context.ts'
import {
  blockTypes,
  duplicated,
  type Fields,
  inserted,
  moved,
  newBlock,
  newQuestion,
  type Place,
  questionTypes,
  removed,
} from './form-draft.ts'

/** The parts of a form in order: what is shown, what is asked. Moved by dragging, or by Alt with the arrow keys. */
export function Outline() {
  const { t } = useTranslation('forms')
  const { draft, change } = useEditor()
  const add = (list: Place['list'], fields: Fields) => {
    const place = { list, index: draft[list].length }
    change(inserted(draft, place, fields), place)
  }
  return (
    <div className="form-outline">
      <Entries
        list="blocks"
        title={t('outline.blocks')}
        name={({ type }) => t(`blocks.${type as Block['type']}.name`)}
        about={(block) => (block.type === 'note' ? String(block.markdown ?? '').slice(0, 60) : '')}
      />
      <Menu
        trigger={
          <Button size="s">
            <Plus className="icon" />
            {t('outline.addBlock')}
          </Button>
        }
      >
        {blockTypes.map((type) => (
          <MenuItem key={type} onSelect={() => add('blocks', newBlock(type))}>
            {t(`blocks.${type}.name`)}
          </MenuItem>
        ))}
      </Menu>
      <Entries
        list="questions"
        title={t('outline.questions')}
        name={({ label }) => String(label || t('outline.unnamed'))}
        about={({ type }) => t(`questions.${type as QuestionType}.name`)}
      />
      {draft.questions.length === 0 && <p className="hint">{t('outline.noQuestions')}</p>}
      <Menu
        trigger={
          <Button size="s" look="primary">
            <Plus className="icon" />
            {t('outline.addQuestion')}
          </Button>
        }
      >
        {questionTypes.map((type) => (
          <MenuItem key={type} onSelect={() => add('questions', newQuestion(draft, type))}>
            <span className="form-type">
              <b>{t(`questions.${type}.name`)}</b>
              <span className="hint">{t(`questions.${type}.about`)}</span>
            </span>
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}

function Entries({
  list,
  title,
  name,
  about,
}: {
  list: Place['list']
  title: string
  name: (fields: Fields) => string
  about: (fields: Fields) => string
}) {
  const { t } = useTranslation('forms')
  const { draft, selected, change, select, say, faults } = useEditor()
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const host = useRef<HTMLUListElement>(null)
  const move = (index: number, to: number) => {
    const next = moved(draft, { list, index }, to)
    if (next === draft) return
    change(next, { list, index: to })
    say(t('moved', { position: to + 1, count: draft[list].length }))
    focusDrawn(() => host.current?.querySelectorAll<HTMLElement>('.entry')[to]?.focus())
  }
  const onKeyDown = (index: number) => (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (step === 0) return
    event.preventDefault()
    if (event.altKey) return move(index, index + step)
    host.current?.querySelectorAll<HTMLElement>('.entry')[index + step]?.focus()
  }
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul ref={host} className="form-entries">
        {draft[list].map((fields, index) => {
          const wrong = faultsBelow(faults, `${list}.${index}`)
          const current = selected?.list === list && selected.index === index
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: entries are told apart by their place.
              key={index}
              className={over === index ? 'over' : undefined}
              draggable
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move'
                setDragged(index)
              }}
              onDragOver={(event) => {
                if (dragged === null) return
                event.preventDefault()
                setOver(index)
              }}
              onDrop={(event) => {
                event.preventDefault()
                if (dragged !== null) move(dragged, index)
              }}
              onDragEnd={() => {
                setDragged(null)
                setOver(null)
              }}
            >
              <GripVertical className="icon grip" aria-hidden="true" />
              <button
                type="button"
                className="entry"
                aria-current={current ? 'true' : undefined}
                aria-describedby="form-outline-keys"
                onClick={() => select({ list, index })}
                onKeyDown={onKeyDown(index)}
              >
                <span className="name">{name(fields)}</span>
                <span className="hint">{about(fields)}</span>
                {wrong > 0 && <span className="wrong">{t('outline.faults', { count: wrong })}</span>}
              </button>
              <span className="acts">
                {list === 'questions' && (
                  <Button
                    look="quiet"
                    iconOnly
                    size="s"
                    aria-label={t('outline.duplicate', { name: name(fields) })}
                    onClick={() => change(duplicated(draft, { list, index }), { list, index: index + 1 })}
                  >
                    <Copy className="icon" />
                  </Button>
                )}
                <Button
                  look="quiet"
                  iconOnly
                  size="s"
                  aria-label={t('outline.remove', { name: name(fields) })}
                  onClick={() => change(removed(draft, { list, index }), null)}
                >
                  <Trash2 className="icon" />
                </Button>
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
