import type { WriteRows } from '../feedback/out.ts'
import { preferencesOf } from '../feedback/preferences.ts'
import { notesOf, preferenceRow } from './write.ts'

/** TRL preference rows from feedback of any kind: one row for each preference that follows from it. */
export const writeTrlPreferenceRows: WriteRows = (feedback, out) => {
  const { preferences, dropped } = preferencesOf(feedback)
  for (const reason of dropped) out.drop(reason)
  const { margin, strengthMap, seed, testShare, images } = out.options
  for (const { context, chosen, rejected, strength } of preferences) {
    const decided = {
      task: { context, candidates: [chosen, rejected] },
      decision: { outcome: 'a' as const, strength },
      confidence: null,
      judgments: 1,
      groupId: '',
    }
    const row = preferenceRow(decided, {
      margin,
      strengthMap,
      seed,
      testShare,
      images,
      minConfidence: 0,
      minJudgments: 1,
    })
    if (typeof row === 'string') out.drop(row)
    else {
      for (const note of notesOf(decided.task, row)) out.note(note)
      out.row(row)
    }
  }
}
