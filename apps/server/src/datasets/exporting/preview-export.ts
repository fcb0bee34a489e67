import type { ExportFormat, ExportOptions, ExportPreview } from '@groundwork/contract'
import type { Deps } from '../../platform/index.ts'
import { formOf, type ProjectHeader } from '../../projects/index.ts'
import { reliabilitiesOf } from '../../quality/index.ts'
import { planOf } from '../feedback/registry.ts'
import { countTasks } from '../result-queries.ts'
import { tasksOf } from './export-tasks.ts'
import { expertiseOf } from './facts-queries.ts'
import { RowChain } from './row-columns.ts'
import { writeRows } from './write-rows.ts'

/** Tasks that a preview looks at. */
const LOOKED_AT = 500
const SAMPLE = 5

/** What an export would hold, from the consensus as it stands now and the first tasks. */
export async function previewExport(
  deps: Deps,
  project: ProjectHeader,
  format: ExportFormat,
  options: ExportOptions,
): Promise<ExportPreview> {
  const { form, reliabilities, expertise, all } = await deps.database.transaction(
    { organization: project.organization_id },
    async (tx) => ({
      form: await formOf(tx, project.id, project.form_version),
      reliabilities: await reliabilitiesOf(tx, project.id),
      expertise: await expertiseOf(tx, project.id),
      all: await countTasks(tx, project.id),
    }),
  )
  const sample: Record<string, unknown>[] = []
  let seen = 0
  const onPage = async (n: number) => {
    seen = n
  }
  const tasks = tasksOf(deps, project, onPage, LOOKED_AT)
  const written = writeRows(tasks, {
    projectId: project.id,
    plan: planOf(form, format, options),
    reliabilities,
    expertise,
    chain: new RowChain(),
    onSidecar: async () => {},
    onRow: (row) => {
      if (sample.length < SAMPLE) sample.push(row)
    },
  })
  for await (const _ of written.blocks);
  const { kept, dropped, notes } = written.report
  const estimate = seen < all
  return {
    rows: estimate ? Math.round((kept / Math.max(seen, 1)) * all) : kept,
    estimate,
    tasks: { seen, all },
    dropped,
    notes,
    sample,
  }
}
