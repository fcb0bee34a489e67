import type { Question } from '@groundwork/contract'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '../../i18n/react.ts'

/** Tells screen readers which questions an answer has brought, and which it has taken away. */
export function QuestionsChanged({ questions }: { questions: readonly Question[] }) {
  const { t } = useTranslation('workbench')
  const [text, setText] = useState('')
  const before = useRef(questions)
  const shape = questions.map(({ id }) => id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is another one at every render; its ids tell.
  useEffect(() => {
    const labels = (some: readonly Question[], others: readonly Question[]) =>
      some.filter(({ id }) => others.every((other) => other.id !== id)).map(({ label }) => `“${label}”`)
    const come = labels(questions, before.current)
    const gone = labels(before.current, questions)
    before.current = questions
    if (come.length > 0) setText(t('announce.asked', { labels: come.join(', ') }))
    else if (gone.length > 0) setText(t('announce.notAsked', { labels: gone.join(', ') }))
  }, [shape])
  return (
    <p className="sr" role="status">
      {text}
    </p>
  )
}
