import { type CSSProperties, Fragment } from 'react'
import { letter } from '../../ui/task/message-text.ts'
import { useTargetName } from '../../ui/task/target-name.ts'
import { HelpButton } from './HelpButton.tsx'
import { PlaceBox } from './PlaceBox.tsx'
import { valueAt } from './places.ts'
import type { QuestionGroupProps } from './QuestionGroup.tsx'
import { QuestionView } from './questions/registry.tsx'

/**
 * Scales and short choices of each response: a criterion a row, a response a column; where there is no room for columns, the responses
 * stand under their criterion.
 */
export default function RubricGrid({
  group,
  task,
  candidates,
  active,
  onChange,
  onAnswered,
}: QuestionGroupProps) {
  const { id, task: shown } = task.assignment
  const nameOf = useTargetName(shown)
  return (
    <div className="rubric-box">
      <div className="rubric" style={{ '--columns': candidates.length } as CSSProperties}>
        <div className="rubric-head" aria-hidden="true">
          <span />
          {candidates.map((candidate) => (
            <span key={candidate}>{nameOf(candidate)}</span>
          ))}
        </div>
        {group.questions.map((question) => (
          <fieldset className="rubric-row" key={question.id}>
            <legend className="sr">{question.label}</legend>
            <div className="criterion">
              <p className="ask" aria-hidden="true">
                {question.label}
              </p>
              <HelpButton question={question} />
              {question.hint && <p className="hint">{question.hint}</p>}
            </div>
            {candidates.map((candidate, position) => {
              const place = group.places.find(
                (each) => each.question === question && each.target === candidate,
              )
              return (
                <Fragment key={candidate}>
                  <span className="rubric-name" aria-hidden="true">
                    {letter(position)}
                  </span>
                  {place ? (
                    <PlaceBox taskId={id} place={place} active={place.id === active} helps={false}>
                      <QuestionView
                        question={{ ...question, label: nameOf(candidate) }}
                        value={valueAt(task.answer, place)}
                        task={shown}
                        candidates={candidates}
                        target={candidate}
                        ownsKeys={place.id === active}
                        compact
                        onChange={(value) => onChange(place, value)}
                        onAnswered={() => onAnswered(place)}
                      />
                    </PlaceBox>
                  ) : (
                    <span />
                  )}
                </Fragment>
              )
            })}
          </fieldset>
        ))}
      </div>
    </div>
  )
}
