import { type Correction, type MyJudgment, type MyJudgments, presentMoney } from '@groundwork/contract'
import { type Deps, invalidInput, notFound } from '../platform/index.ts'
import { kindOfTemplate } from '../projects/index.ts'
import { correctionDraft } from './correction-draft-queries.ts'
import { type OwnJudgmentRow, ownJudgment, recentJudgments } from './correction-queries.ts'
import { shownTask } from './present-assignment.ts'
import { formOfVersion, guidelineOfVersion } from './project-facts.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * A page of a trainer's own judgments, newest first, with those that were corrected or taken back.
 * @throws AppError `invalid_input` for a cursor that this never gave
 */
export async function listMyJudgments(
  { database }: Deps,
  trainerId: string,
  query: { projectId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<MyJudgments> {
  if (query.cursor && !UUID.test(query.cursor)) {
    throw invalidInput([
      { path: 'cursor', code: 'invalid', message: 'Take the cursor from nextCursor of the page before.' },
    ])
  }
  const rows = await database.transaction('system', (tx) =>
    recentJudgments(tx, trainerId, { ...query, limit: query.limit + 1 }),
  )
  const page = rows.slice(0, query.limit)
  return {
    items: page.map((row) => ({
      id: row.id,
      projectId: row.projectId,
      projectName: row.projectName,
      taskId: row.taskId,
      externalId: row.externalId,
      excerpt: row.excerpt ?? '',
      submittedAt: row.submittedAt.toISOString(),
      reviewUntil: row.reviewUntil.toISOString(),
      ...standing(row),
      supersedes: row.supersedes,
      flag: row.flag,
    })),
    nextCursor: rows.length > page.length ? (page.at(-1)?.id ?? null) : null,
  }
}

/**
 * An own judgment with its task as it was shown, to look at and, while that is possible, to correct.
 * @throws AppError `not_found`
 */
export async function getCorrection({ database }: Deps, trainerId: string, id: string): Promise<Correction> {
  return database.transaction('system', async (tx) => {
    const row = await ownJudgment(tx, trainerId, id)
    if (!row) throw notFound('judgment')
    const { markdown } = await guidelineOfVersion(tx, row.projectId, row.guidelineVersion)
    const draft = await correctionDraft(tx, trainerId, id)
    return {
      judgment: { id: row.id, answer: row.answer, submittedAt: row.submittedAt.toISOString() },
      task: shownTask(row),
      form: await formOfVersion(tx, row.projectId, row.formVersion),
      guideline: { version: row.guidelineVersion, markdown, changedSinceRead: row.changedSinceRead },
      project: {
        id: row.projectId,
        name: row.projectName,
        template: row.template,
        kind: kindOfTemplate(row.template),
      },
      pay: presentMoney(row.pay, row.currency),
      draft: draft ? { answer: draft.answer, savedAt: draft.savedAt.toISOString() } : null,
      reviewUntil: row.reviewUntil.toISOString(),
      ...standing(row),
    }
  })
}

type Facts = Pick<OwnJudgmentRow, 'withdrawn' | 'superseded' | 'late' | 'accepted' | 'reviewed' | 'excluded'>

function standing(facts: Facts): Pick<MyJudgment, 'state' | 'correctable'> {
  const state = stateOf(facts)
  return { state, correctable: state === 'in_review' }
}

function stateOf({ withdrawn, superseded, late, accepted, reviewed, excluded }: Facts): MyJudgment['state'] {
  if (withdrawn) return 'withdrawn'
  if (superseded) return 'corrected'
  if (excluded) return 'left_out'
  if (late) return 'late'
  return accepted || reviewed ? 'accepted' : 'in_review'
}
