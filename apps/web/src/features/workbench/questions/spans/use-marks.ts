import type { Span, SpansAnswer, SpansQuestion } from '@groundwork/contract'
import { useState } from 'react'
import { useTranslation } from '../../../../i18n/react.ts'
import type { PartText } from '../../../../ui/marking/parts.ts'
import type { Passage } from '../../../../ui/marking/passage.ts'
import { useUndo } from '../history.ts'
import { labelsOf, shortened } from './MarkList.tsx'
import type { Said } from './MarkPicker.tsx'
import { answerOf, inTextOrder } from './spans-state.ts'

/** What can be done to the marks of a question; each act is said and can be taken back. */
export function useMarks(
  question: SpansQuestion,
  texts: readonly PartText[],
  given: SpansAnswer,
  onChange: (value: SpansAnswer | undefined) => void,
) {
  const { t } = useTranslation('marking')
  const undoable = useUndo(given, (next) => onChange(answerOf(next)))
  const [said, say] = useState('')
  return {
    said,
    say,
    canUndo: undoable.canUndo,
    /** @param index of the mark that is changed; undefined for a new one */
    save: ({ target, part, start, end, quote }: Passage, index: number | undefined, what: Said) => {
      const span: Span = { target, part, start, end, quote, ...what }
      undoable.change(({ spans }) => ({
        spans: inTextOrder(
          index === undefined ? [...spans, span] : spans.map((each, at) => (at === index ? span : each)),
          texts,
        ),
      }))
      const { category, severity } = labelsOf(question, span)
      const names = { what: [category, severity].filter(Boolean).join(', '), quote: shortened(quote, 60) }
      say(t(index === undefined ? 'said.added' : 'said.changed', names))
    },
    remove: (index: number) => {
      undoable.change(({ spans }) => ({ spans: spans.filter((_, at) => at !== index) }))
      say(t('said.deleted', { quote: shortened(given.spans[index]?.quote ?? '', 60) }))
    },
    setNone: (on: boolean) => undoable.change(() => (on ? { spans: [], none: true } : { spans: [] })),
    /** @returns false when there was nothing to take back */
    undo: () => {
      if (!undoable.canUndo) return false
      undoable.undo()
      say(t('said.undone'))
      return true
    },
  }
}
