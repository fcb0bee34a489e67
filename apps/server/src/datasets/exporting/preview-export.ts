import type { ExportContainer, ExportFormat, ExportOptions, ExportPreview } from '@groundwork/contract'
import type { Deps } from '../../platform/index.ts'
import { formOf, type ProjectHeader } from '../../projects/index.ts'
import { reliabilitiesOf } from '../../quality/index.ts'
import { planOf } from '../feedback/registry.ts'
import { countTasks } from '../result-queries.ts'
import { ExportImages } from './export-images.ts'
import { tasksOf } from './export-tasks.ts'
import { expertiseOf } from './facts-queries.ts'
import { imageTotals, showsImages } from './image-queries.ts'
import { imageStyle } from './image-style.ts'
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
  as: ExportContainer,
  options: ExportOptions,
): Promise<ExportPreview> {
  const { form, reliabilities, expertise, all, pictured, totals } = await deps.database.transaction(
    { organization: project.organization_id },
    async (tx) => ({
      form: await formOf(tx, project.id, project.form_version),
      reliabilities: await reliabilitiesOf(tx, project.id),
      expertise: await expertiseOf(tx, project.id),
      all: await countTasks(tx, project.id),
      pictured: await showsImages(tx, project.id),
      totals: await imageTotals(tx, project.id),
    }),
  )
  const sample: Record<string, unknown>[] = []
  let seen = 0
  const onPage = async (n: number) => {
    seen = n
  }
  const images = new ExportImages(deps, project.organization_id, imageStyle(format, as, options, pictured))
  const tasks = tasksOf(deps, project, onPage, LOOKED_AT, (page) => images.lookUp(page))
  const written = writeRows(tasks, {
    projectId: project.id,
    plan: planOf(form, format, options),
    reliabilities,
    expertise,
    chain: new RowChain(),
    images,
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
    media: pictured ? mediaOf(images, estimate ? all / Math.max(seen, 1) : 1, totals) : null,
    sample,
  }
}

const ways = {
  none: 'none',
  references: 'references',
  files: 'files',
  parquet: 'in_rows',
  data_urls: 'in_rows',
} as const

/** @param times how many times as many tasks there are as were looked at; images that many tasks show count once, so no more than there are */
function mediaOf(images: ExportImages, times: number, totals: { images: number; bytes: number }) {
  const used = images.used()
  const bytes = used.reduce((sum, image) => sum + image.bytes, 0)
  return {
    as: ways[images.style],
    images: Math.min(totals.images, Math.round(used.length * times)),
    bytes: Math.min(totals.bytes, Math.round(bytes * times)),
  }
}
