import { lazy, type ReactNode, Suspense, useId } from 'react'
import { useTargetName } from '../../ui/task/target-name.ts'
import { HelpButton } from './HelpButton.tsx'
import { PlaceBox } from './PlaceBox.tsx'
import type { groupsOf, Place } from './places.ts'
import { valueAt } from './places.ts'
import { QuestionView } from './questions/registry.tsx'
import type { OpenTask } from './workbench-state.ts'

const RubricGrid = lazy(() => import('./RubricGrid.tsx'))

export type QuestionGroupProps = {
  group: ReturnType<typeof groupsOf>[number]
  task: OpenTask
  candidates: readonly string[]
  /** Id of the active place. */
  active: string | undefined
  /** Nothing else is asked; then it needs no mark as the active one. */
  alone: boolean
  aside: (place: Place) => ReactNode
  onChange: (place: Place, value: unknown) => void
  onAnswered: (place: Place) => void
}

/** One question, or what is drawn as one: a question with all its responses or messages, or a grid of several. */
export function QuestionGroup(props: QuestionGroupProps) {
  const { group, task, candidates, active, alone, aside, onChange, onAnswered } = props
  const headId = useId()
  const nameOf = useTargetName(task.assignment.task)
  if (group.grid) {
    return (
      <Suspense fallback={<div className="rubric-box" aria-busy="true" style={{ minBlockSize: '12rem' }} />}>
        <RubricGrid {...props} />
      </Suspense>
    )
  }
  const boxes = group.places.map((place) => {
    const { question, target } = place
    const { help: _help, hint: _hint, ...plain } = question
    return (
      <PlaceBox
        key={place.id}
        taskId={task.assignment.id}
        place={place}
        active={place.id === active && !alone}
        helps={target === undefined}
      >
        <QuestionView
          question={target === undefined ? question : { ...plain, label: nameOf(target) }}
          value={valueAt(task.answer, place)}
          task={task.assignment.task}
          candidates={candidates}
          target={target}
          ownsKeys={place.id === active}
          aside={aside(place)}
          onChange={(value) => onChange(place, value)}
          onAnswered={() => onAnswered(place)}
        />
      </PlaceBox>
    )
  })
  const [first] = group.places
  if (first?.target === undefined) return boxes
  return (
    <fieldset className="q-each" aria-labelledby={headId}>
      <p className="ask" id={headId}>
        {first.question.label}
      </p>
      <HelpButton question={first.question} />
      {first.question.hint && <p className="hint">{first.question.hint}</p>}
      {boxes}
    </fieldset>
  )
}
