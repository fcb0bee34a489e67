import { dedupeKey } from '../content/pair.ts'
import type { WriteRows } from '../feedback/out.ts'
import { preferencesOf } from '../feedback/preferences.ts'
import { toolsOf } from '../feedback/tools.ts'
import { notesOf, preferenceRow } from './write.ts'

/** TRL preference rows from feedback of any kind: one row for each preference that follows from it. Those of one ranking say so by their `group_id`. */
export const writeTrlPreferenceRows: WriteRows = (feedback, out) => {
  const { preferences, dropped } = preferencesOf(feedback, out.options.sourceMargin)
  for (const reason of dropped) out.drop(reason)
  for (const { context, chosen, rejected, strength, margin, ranked } of preferences) {
    const decided = {
      task: { context, candidates: [chosen, rejected] },
      decision: { outcome: 'a' as const, strength, margin },
      confidence: null,
      judgments: 1,
      groupId: '',
    }
    const row = preferenceRow(decided, { ...out.options, minConfidence: 0, minJudgments: 1 })
    if (typeof row === 'string') out.drop(row)
    else {
      for (const note of notesOf(decided.task, row)) out.note(note)
      if (ranked) out.note('with_group_id')
      out.row(
        {
          ...row,
          ...(ranked && { group_id: feedback.groupId ?? dedupeKey(feedback.task) }),
          ...toolsOf(feedback.task, out),
        },
        { chosen: chosen.id, rejected: rejected.id },
      )
    }
  }
}
