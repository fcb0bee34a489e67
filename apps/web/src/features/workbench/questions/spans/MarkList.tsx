import type { Span, SpansQuestion } from '@groundwork/contract'
import { Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from '../../../../i18n/react.ts'
import { Button } from '../../../../ui/Button.tsx'
import { visible } from '../../../../ui/markdown/unseen.tsx'
import { lookOf } from '../../../../ui/marking/paint.ts'
import { Look } from './MarkPicker.tsx'

/** The marks so far, in the order of the text. An entry that is pointed at or has the focus flashes in the text. */
export function MarkList({
  question,
  spans,
  active,
  nameOf,
  quoteOf,
  onActive,
  onShow,
  onEdit,
  onDelete,
}: {
  question: SpansQuestion
  spans: readonly Span[]
  /** Index of the mark that is pointed at in the text or here. */
  active: number | null
  /** Name of the text that a mark is in; null where there is only one. */
  nameOf: ((target: string) => string) | null
  /** What is read at a mark. */
  quoteOf: (span: Span) => string
  onActive: (index: number | null) => void
  onShow: (index: number) => void
  onEdit: (index: number, from: HTMLElement) => void
  onDelete: (index: number) => void
}) {
  const { t } = useTranslation('marking')
  if (spans.length === 0) return null
  return (
    <ol className="mark-list" aria-label={t('list')}>
      {spans.map((span, index) => {
        const { category, severity } = labelsOf(question, span)
        const look = lookOf(
          question.severities.findIndex((each) => each.value === span.severity),
          question.severities.length,
        )
        const quote = shortened(quoteOf(span), 70)
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: marks may be equal; their order is all that tells them apart.
            key={index}
            data-part={`spans.${index}`}
            tabIndex={-1}
            className={index === active ? 'active' : undefined}
            onPointerEnter={() => onActive(index)}
            onPointerLeave={() => onActive(null)}
            onFocus={() => onActive(index)}
            onBlur={() => onActive(null)}
          >
            <button
              type="button"
              className="mark-entry"
              data-mark={index}
              aria-label={`${t('show', { quote })}: ${[category, severity].filter(Boolean).join(', ')}`}
              onClick={() => onShow(index)}
              onKeyDown={(event) => {
                if (event.key !== 'Delete' && event.key !== 'Backspace') return
                event.preventDefault()
                onDelete(index)
              }}
            >
              <span className="mark-what">
                <Look look={look} />
                <b>{category}</b>
                {severity && <span>{severity}</span>}
                {nameOf && <span className="faint">{nameOf(span.target)}</span>}
              </span>
              <q className="mark-quote" dir="auto">
                {visible(quote)}
              </q>
              {span.comment && (
                <span className="mark-note" dir="auto">
                  {span.comment}
                </span>
              )}
            </button>
            <span className="mark-tools">
              <Button
                look="quiet"
                iconOnly
                aria-label={t('edit', { quote })}
                onClick={(event) => onEdit(index, event.currentTarget)}
              >
                <Pencil className="icon" />
              </Button>
              <Button
                look="quiet"
                iconOnly
                aria-label={t('delete', { quote })}
                onClick={() => onDelete(index)}
              >
                <Trash2 className="icon" />
              </Button>
            </span>
          </li>
        )
      })}
    </ol>
  )
}

export const labelsOf = (
  question: SpansQuestion,
  { category, severity }: Pick<Span, 'category' | 'severity'>,
) => ({
  category: question.categories.find((each) => each.value === category)?.label ?? category,
  severity: question.severities.find((each) => each.value === severity)?.label ?? severity,
})

export function shortened(text: string, most: number): string {
  const points = Array.from(text.replace(/\s+/g, ' '))
  return points.length > most
    ? `${points.slice(0, most - 20).join('')}…${points.slice(-18).join('')}`
    : points.join('')
}
