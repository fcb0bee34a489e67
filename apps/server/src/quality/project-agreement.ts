import { labelsFromRows } from '@groundwork/consensus'
import type { Tx } from '../platform/index.ts'
import { newestLabels } from './consensus-queries.ts'
import type { ClassQuestion } from './consensus-strategy.ts'
import { agreementOf } from './infer-labels.ts'
import type { FullRun, StoredAgreement } from './run-queries.ts'

/** The quick level computes a project's agreement from this many of its newest judgments; a bigger project has that of its last full run. */
export const AGREEMENT_VOTES = 10_000

/** Agreement on the form's first question that has classes; null while nobody has answered it. */
export async function projectAgreement(
  tx: Tx,
  projectId: string,
  question: ClassQuestion | undefined,
  judgments: number,
  last?: FullRun,
): Promise<StoredAgreement | null> {
  if (!question) return null
  if (judgments > AGREEMENT_VOTES && last?.agreement) return last.agreement
  const rows = await newestLabels(tx, projectId, question.path, AGREEMENT_VOTES)
  return rows.length > 0 ? agreementOf(labelsFromRows(rows, { classes: question.classes })) : null
}
