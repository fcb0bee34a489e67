import { countWords } from '@groundwork/contract/checks'
import { Pencil, Rows2, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { Markdown } from '../../../../ui/markdown/Markdown.tsx'
import type { Role } from './turns-state.ts'
import { WritingField } from './WritingField.tsx'

/** A message of the conversation: as it looks, or open to be changed. */
export function TurnCard({
  index,
  role,
  text,
  minWords,
  editing,
  pair,
  canInsert,
  onText,
  onEdit,
  onDone,
  onDelete,
  onInsert,
}: {
  index: number
  role: Role
  text: string
  minWords: number
  editing: boolean
  /** With it goes the message after it. */
  pair: boolean
  canInsert: boolean
  onText: (text: string) => void
  onEdit: () => void
  onDone: () => void
  onDelete: () => void
  onInsert: () => void
}) {
  const { t } = useTranslation(['turns', 'common'])
  const words = useMemo(() => countWords(text), [text])
  const number = index + 1
  return (
    <li className="turn-card" data-role={role} data-part={`messages.${index}`} tabIndex={-1}>
      <div className="turn-head">
        <p className="who">
          {t(`common:task.roles.${role}`)} <span className="sr">{t('message', { number })}</span>
          <span className="faint num">
            {t('words', { count: words })} {words < minWords && t('ofWords', { count: minWords })}
          </span>
        </p>
        <div className="end">
          <Button
            look="quiet"
            iconOnly
            aria-label={t('insert', { number })}
            title={t('insert', { number })}
            disabled={!canInsert}
            onClick={onInsert}
          >
            <Rows2 className="icon" />
          </Button>
          <Button
            look="quiet"
            iconOnly
            aria-pressed={editing}
            aria-label={t('edit', { number })}
            title={t('edit', { number })}
            onClick={editing ? onDone : onEdit}
          >
            <Pencil className="icon" />
          </Button>
          <Button
            look="quiet"
            iconOnly
            aria-label={t(pair ? 'deletePair' : 'delete', { number })}
            title={t(pair ? 'deletePair' : 'delete', { number })}
            onClick={onDelete}
          >
            <Trash2 className="icon" />
          </Button>
        </div>
      </div>
      {editing ? (
        <WritingField
          field
          editing
          label={t('editing', { number, role: t(`common:task.roles.${role}`) })}
          text={text}
          minWords={minWords}
          onText={onText}
          onDone={onDone}
          act={t('done')}
          note={t('ctrlEnter.done')}
        />
      ) : text.trim() === '' ? (
        <p className="hint">{t('emptyMessage')}</p>
      ) : (
        <Markdown text={text} />
      )}
    </li>
  )
}
