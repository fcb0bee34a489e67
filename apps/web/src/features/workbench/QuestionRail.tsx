import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from '../../i18n/react.ts'
import { activate, forgetActive, goTo, useActivePlace } from './active-question.ts'
import type { Missing } from './missing.ts'
import { activePlace, groupsOf, nextOpen, type Place, placesOf, valueAt, withValueAt } from './places.ts'
import { QuestionGroup } from './QuestionGroup.tsx'
import { QuestionKeys } from './QuestionKeys.tsx'
import { QuestionsChanged } from './QuestionsChanged.tsx'
import { isWide, preloadViews } from './questions/registry.tsx'
import { RailEntry } from './RailEntry.tsx'
import { SaveStateText } from './SaveStateText.tsx'
import type { OpenTask } from './workbench-state.ts'
import './questions/questions.css'

/**
 * What is asked of a task now: the wide questions below the responses (`main`), all others beside them (`rail`), where each wide one has
 * an entry that leads to it. A form of one wide question has no rail.
 */
export function QuestionRail({
  part,
  task,
  missing,
  onChange,
}: {
  part: 'rail' | 'main'
  task: OpenTask
  missing: Missing[]
  onChange: (questionId: string, value: unknown) => void
}) {
  const { t } = useTranslation('workbench')
  const { id, form, task: shown } = task.assignment
  const { answer } = task
  const wanted = useActivePlace(id)
  const places = placesOf(form, answer, shown)
  const candidates = useMemo(() => shown.candidates.map((candidate) => candidate.id), [shown])
  const active = activePlace(places, answer, wanted)
  const asked = form.questions.filter((question) => places.some((place) => place.question === question))
  const open = (place: Place) =>
    missing.some((each) => each.place === place.id) || valueAt(answer, place) === undefined
  const isDone = (questionId: string) =>
    answer[questionId] !== undefined && missing.every((each) => each.question.id !== questionId)
  /** The place that a single key has answered: the way goes on from it when what that brings is on the screen. */
  const answered = useRef<string | null>(null)
  useLayoutEffect(() => {
    const from = answered.current
    answered.current = null
    const next = from !== null && nextOpen(places, from, open)
    if (next) goTo(id, next.id)
    // Enter submits next; on a button above or in the panel it would press that again.
    else if (from !== null && document.activeElement?.closest('.wb-head, .wb-panel')) goTo(id, from)
  })
  useEffect(() => preloadViews(form), [form])
  useLayoutEffect(() => {
    if (part === 'rail') forgetActive(id)
  }, [part, id])
  const lastText = places.findLast(({ question }) => question.type === 'text')

  const hasRail = asked.length > 1 || form.questions.some((question) => !isWide(question))
  const leads = part === (hasRail ? 'rail' : 'main')
  const here = places.filter(({ question }) => isWide(question) === (part === 'main'))
  if (part === 'rail' && !hasRail) return null
  const groups = groupsOf(part === 'rail' ? places : here)
  return (
    <form
      className={part === 'rail' ? 'rail' : 'wide-questions'}
      aria-label={part === 'rail' || !hasRail ? t('questions') : t('wideQuestions')}
      onSubmit={(event) => event.preventDefault()}
    >
      {leads && (
        <div className="rail-head">
          <span>{t('questions')}</span>
          <span className="num">
            {t('answered', { done: asked.filter((each) => isDone(each.id)).length, count: asked.length })}
          </span>
        </div>
      )}
      {groups.map((group) => {
        const [first] = group.places
        if (!first) return null
        if (part === 'rail' && isWide(first.question))
          return (
            <RailEntry
              key={group.key}
              question={first.question}
              done={isDone(first.question.id)}
              active={active?.question === first.question}
              onOpen={() => goTo(id, first.id)}
            />
          )
        return (
          <QuestionGroup
            key={group.key}
            group={group}
            task={task}
            candidates={candidates}
            active={active?.id}
            alone={places.length === 1}
            aside={(place) => place === lastText && <SaveStateText save={task.save} />}
            onChange={(place, value) => {
              // The first answer of a task: the keys stay with its question, of which it may be a part only.
              if (wanted === null && active) activate(id, active.id)
              onChange(place.question.id, withValueAt(answer, place, value))
            }}
            onAnswered={(place) => {
              answered.current = place.id
            }}
          />
        )
      })}
      {leads && !lastText && (
        <div className="q under">
          <SaveStateText save={task.save} />
        </div>
      )}
      {leads && (
        <>
          <QuestionKeys taskId={id} places={places} active={active} />
          <QuestionsChanged questions={asked} />
        </>
      )}
    </form>
  )
}
