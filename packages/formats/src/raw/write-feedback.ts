import { dedupeKey } from '../content/pair.ts'
import type { WriteRows } from '../feedback/out.ts'
import { RAW_VERSION } from './write.ts'

/** Everything that a source says about a task, in one line that `readTasks` reads back as it was. */
export const writeRawFeedback: WriteRows = ({ task, groupId, annotations, provenance, known }, out) => {
  out.row({
    version: RAW_VERSION,
    id: dedupeKey(task),
    ...(groupId !== undefined && { groupId }),
    task,
    annotations,
    ...(provenance && { provenance }),
    ...(known && { known }),
  })
}
