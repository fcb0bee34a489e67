import type { Span, SpansQuestion } from '@groundwork/contract'
import { Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { lookOf } from '../../../../ui/marking/paint.ts'
import { labelsOf, shortened } from './MarkList.tsx'
import { Look } from './MarkPicker.tsx'

/** A mark as it stands under its lines in a view of code. */
export function NoteBody({
  question,
  span,
  onEdit,
  onDelete,
}: {
  question: SpansQuestion
  span: Span
  onEdit: (from: HTMLElement) => void
  onDelete: () => void
}) {
  const { t } = useTranslation('marking')
  const { category, severity } = labelsOf(question, span)
  const quote = shortened(span.quote, 50)
  const place = question.severities.findIndex((each) => each.value === span.severity)
  return (
    <>
      <Look look={lookOf(place, question.severities.length)} />
      <span className="mark-said">
        <b>{category}</b> {severity && <span className="faint">{severity}</span>}
        {span.comment && (
          <span className="mark-note" dir="auto">
            {span.comment}
          </span>
        )}
      </span>
      <span className="mark-tools">
        <Button
          look="quiet"
          iconOnly
          aria-label={t('edit', { quote })}
          onClick={(event) => onEdit(event.currentTarget)}
        >
          <Pencil className="icon" />
        </Button>
        <Button look="quiet" iconOnly aria-label={t('delete', { quote })} onClick={onDelete}>
          <Trash2 className="icon" />
        </Button>
      </span>
    </>
  )
}
