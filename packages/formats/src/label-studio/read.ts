import { isRow, type Row } from '../container/records.ts'
import { optionalRows, optionalText, type ReadContext, wanted } from '../content/fields.ts'
import type { TextOffsets } from '../content/offsets.ts'
import { readExternalId } from '../content/pair.ts'
import { RowFault } from '../faults.ts'
import type { Annotation, Feedback } from '../feedback/feedback.ts'
import { readData } from './data.ts'
import { readResults } from './results.ts'

/**
 * A task of Label Studio's JSON export. What is compared, rated or marked is found in `data` by the names of its fields; annotations that were
 * cancelled are left out. Every annotation is one person's, except for the ground truth.
 */
export function readLabelStudio(row: Row, context: ReadContext): Feedback {
  const data = wanted(row, 'data')
  if (!isRow(data)) throw new RowFault('wrong_type', '"data" has to be an object.')
  const { task, ids, targets } = readData(data, idOf(row, data))
  const offsets = new Map<string, TextOffsets>()
  const annotations = optionalRows(row, 'annotations').flatMap((each): Annotation[] => {
    if (each.was_cancelled === true) return []
    const by = each.ground_truth === true ? {} : { by: annotator(each) }
    const { notes, choices } = context
    const results = readResults(optionalRows(each, 'result'), { task, targets, ids, offsets, notes, choices })
    return results.map((verdict) => ({ ...by, verdict }))
  })
  return { task, annotations }
}

export function detectLabelStudio(row: Row): string | null {
  const fits = isRow(row.data) && Array.isArray(row.annotations)
  return fits ? '`data` comes with `annotations`: Label Studio tasks' : null
}

/** The id that came along with the task, rather than the number that Label Studio has given it. */
function idOf(row: Row, data: Row): string | undefined {
  return readExternalId(data.external_id, 'data.external_id') ?? readExternalId(row.id, 'id')
}

function annotator(row: Row): string {
  const { completed_by: by } = row
  if (isRow(by)) return optionalText(by, 'email', 300) ?? String(by.id ?? 'annotator')
  return typeof by === 'number' || typeof by === 'string' ? `label-studio:${by}`.slice(0, 300) : 'annotator'
}
