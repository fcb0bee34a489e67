import { textMessage } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { optionalNumber, optionalText, wantedRows, wantedText } from '../content/fields.ts'
import { otherFields, readExternalId, saying } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { type Annotation, candidateId, type Feedback } from '../feedback/feedback.ts'

/**
 * UltraFeedback: one instruction, several answers, each rated on four criteria. Ratings are texts in the source ("4", "N/A") and numbers
 * here. `overall_score` is not read as a verdict, because the first releases had it wrong; it stays in the metadata.
 */
export function readUltrafeedback(row: Row): Feedback {
  const completions = wantedRows(row, 'completions')
  const task = buildTask({
    context: saying([textMessage('user', wantedText(row, 'instruction'))], 'instruction'),
    answers: completions.map((each) => ({
      messages: [textMessage('assistant', wantedText(each, 'response'))],
      model: optionalText(each, 'model', 200),
    })),
    externalId: readExternalId(row.id, 'id'),
    metadata: {
      ...otherFields(row, ['instruction', 'completions', 'models', 'id']),
      completions: completions.map((each) => otherFields(each, ['response', 'model', 'annotations'])),
    },
  })
  const annotations = completions.flatMap((each, index): Annotation[] => {
    const rated = isRow(each.annotations) ? each.annotations : {}
    const scores = Object.entries(rated).map(([criterion, value]) => [criterion, readRating(value)] as const)
    const verdict = {
      type: 'rubric' as const,
      candidate: candidateId(index),
      scores: Object.fromEntries(scores),
    }
    return scores.length === 0 ? [] : [{ ...reasons(rated), verdict }]
  })
  return { task, annotations }
}

export function detectUltrafeedback(row: Row): string | null {
  const fits =
    typeof row.instruction === 'string' && Array.isArray(row.completions) && isRow(row.completions[0])
  return fits ? '`instruction` has `completions` with ratings: UltraFeedback' : null
}

/** The rating of one criterion; a list of ratings (one a kind of fault) counts by its mean. */
function readRating(value: unknown): number | null {
  const ratings = (Array.isArray(value) ? value : [value]).flatMap((each) => {
    const rating = isRow(each) ? optionalNumber(each, 'Rating') : undefined
    return rating === undefined ? [] : [rating]
  })
  return ratings.length === 0 ? null : ratings.reduce((sum, each) => sum + each, 0) / ratings.length
}

function reasons(rated: Row): { rationale?: string } {
  const said = Object.entries(rated).flatMap(([criterion, value]) => {
    const text = isRow(value)
      ? (optionalText(value, 'Rationale For Rating') ?? optionalText(value, 'Rationale'))
      : undefined
    return text === undefined ? [] : [`${criterion}: ${text}`]
  })
  return said.length === 0 ? {} : { rationale: said.join('\n\n') }
}
