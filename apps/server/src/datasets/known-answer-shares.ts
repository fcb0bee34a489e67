import { isUnanswered, type KnownAnswerShare } from '@groundwork/contract'
import type { Deps } from '../platform/index.ts'
import { formOf, type ProjectHeader } from '../projects/index.ts'
import { rightByQuestion } from '../quality/index.ts'
import { knownPage } from './outcome-queries.ts'

const PAGE = 1_000

/** How often the consensus is what is known to be right, for every question of the form with known answers, in the order of the form. */
export async function knownAnswerShares(
  { database }: Deps,
  project: ProjectHeader,
): Promise<KnownAnswerShare[]> {
  const scope = { organization: project.organization_id }
  const form = await database.transaction(scope, (tx) => formOf(tx, project.id, project.form_version))
  const shares = form.questions.map(({ id }) => ({ question: id, tasks: 0, decided: 0, correct: 0 }))
  for (let after = 0n; ; ) {
    const page = await database.transaction(scope, (tx) => knownPage(tx, project.id, after, PAGE))
    for (const { known, consensus } of page) {
      const compared = rightByQuestion(form, consensus ?? {}, known)
      for (const share of shares) {
        if (isUnanswered(known[share.question])) continue
        const found = compared.find(({ question }) => question === share.question)
        share.tasks++
        share.decided += found ? 1 : 0
        share.correct += found?.right ? 1 : 0
      }
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE) return shares.filter(({ tasks }) => tasks > 0)
    after = last.seq
  }
}
