import type { Deps } from '../platform/index.ts'
import type { ProjectHeader } from '../projects/index.ts'
import { resultLines } from './result-queries.ts'

/** Tasks read at a time: enough to keep the database busy, few enough to keep memory flat at any size. */
const PAGE = 1_000

/** The results of a project as NDJSON text, page by page, each in a short transaction of its own. */
export async function* streamResults({ database }: Deps, project: ProjectHeader): AsyncGenerator<string> {
  const scope = { organization: project.organization_id }
  const read = (after: bigint) =>
    database.transaction(scope, (tx) => resultLines(tx, project.id, after, PAGE))
  let page = read(0n)
  for (;;) {
    const rows = await page
    const last = rows.at(-1)
    if (!last) return
    // The next page is read while this one is sent.
    page = rows.length === PAGE ? read(last.seq) : Promise.resolve([])
    // Whether it failed is asked after the yield; somebody who reads slowly, or no further, must not bring the process down.
    page.catch(() => {})
    yield `${rows.map((row) => row.line).join('\n')}\n`
  }
}
