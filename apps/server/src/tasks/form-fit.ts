import { type Form, taskMisfit } from '@groundwork/contract'
import type { Tx } from '../platform/index.ts'
import { payloadsToJudge } from './task-queries.ts'

/** Tasks read at a time. */
const PAGE = 2_000
/** Tasks named; one is reason enough. */
const MOST_NAMED = 3

/**
 * Tasks of a project that are still to be judged and could not be with this form, each with the reason; the first few of them. Empty: all
 * fit.
 */
export async function misfitsOf(
  tx: Tx,
  projectId: string,
  form: Form,
): Promise<{ name: string; message: string }[]> {
  const found: { name: string; message: string }[] = []
  let after: string | null = null
  for (;;) {
    const page = await payloadsToJudge(tx, projectId, after, PAGE)
    for (const { id, externalId, payload } of page) {
      const misfit = taskMisfit(form, payload)
      if (misfit) found.push({ name: externalId ?? id, message: misfit.message })
      if (found.length === MOST_NAMED) return found
    }
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) return found
  }
}
