import type { Question } from '@groundwork/contract'
import { ArrowDownLeft, CircleCheck, CircleDashed } from 'lucide-react'
import { useTranslation } from '../../i18n/react.ts'

/** In the rail, for a question that stands below the responses: what it asks, whether it is answered, and the way to it. */
export function RailEntry({
  question,
  done,
  active,
  onOpen,
}: {
  question: Question
  done: boolean
  active: boolean
  onOpen: () => void
}) {
  const { t } = useTranslation('workbench')
  return (
    <button type="button" className="rail-entry" data-active={active || undefined} onClick={onOpen}>
      {done ? <CircleCheck className="icon better" /> : <CircleDashed className="icon" />}
      <span className="what">{question.label}</span>
      <span className="faint small">
        {t(done ? 'entry.done' : question.required ? 'entry.open' : 'text.optional')}
      </span>
      <ArrowDownLeft className="icon faint" />
    </button>
  )
}
