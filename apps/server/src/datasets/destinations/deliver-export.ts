import { type DestinationPlace, destinationPlace } from '@groundwork/contract'
import { allowNetworks, type Deps, recordAudit, unseal } from '../../platform/index.ts'
import { projectHeader } from '../../projects/index.ts'
import {
  type ExportRow,
  exportById,
  filesOfOthers,
  imagesOfExport,
  type StoredFile,
  saveDelivery,
} from '../export-queries.ts'
import { readExportFile } from '../exporting/export-file.ts'
import { destinationById } from './destination-queries.ts'
import { DeliveryError, type OutgoingFile, type OutgoingSet } from './export-source.ts'
import { openHub } from './hub.ts'
import { sendToFolder } from './send-to-folder.ts'
import { sendToHub } from './send-to-hub.ts'
import { sendToS3 } from './send-to-s3.ts'

/**
 * Sends the files of a finished export to its destination. Sending them again puts the same bytes under the same names. What goes wrong is noted
 * with the export; the files stay for download.
 */
export async function deliverExport(deps: Deps, exportId: string, organizationId: string): Promise<void> {
  const scope = { organization: organizationId }
  const found = await deps.database.transaction(scope, async (tx) => {
    const job = await exportById(tx, exportId)
    if (job?.status !== 'done' || job.delivery_state !== 'waiting') return null
    const destination = job.destination_id ? await destinationById(tx, job.destination_id) : undefined
    const project = await projectHeader(tx, job.project_id)
    const stale = destination ? await filesOfOthers(tx, job.id, destination.place as object) : []
    return { job, destination, project, stale, images: await imagesOfExport(tx, job.id) }
  })
  if (!found) return
  const { job, destination, project, stale, images } = found
  try {
    if (!destination) throw new DeliveryError('The destination was removed in the meantime.')
    const place = destinationPlace.parse(destination.place)
    const secret = destination.secret && unseal(deps.secret, destination.id, destination.secret)
    const url = await send(
      deps,
      place,
      secret,
      { files: outgoing(deps, job, images), stale },
      `Export of ${project?.name ?? 'a project'}`,
    )
    await deps.database.transaction(scope, async (tx) => {
      await saveDelivery(tx, job.id, { state: 'done', url, error: null })
      await recordAudit(tx, {
        organizationId,
        actorId: null,
        action: 'export.delivered',
        subject: { kind: 'project', id: job.project_id },
        details: { exportId: job.id, destination: destination.name, url },
      })
    })
  } catch (error) {
    deps.log.error({ err: error, exportId }, 'export could not be delivered')
    const message = error instanceof DeliveryError ? error.message : `It could not be sent: ${String(error)}`
    await deps.database.transaction(scope, (tx) =>
      saveDelivery(tx, job.id, { state: 'failed', url: null, error: message.slice(0, 1_000) }),
    )
  }
}

function send(
  { exportPlaces, allowedNetworks }: Deps,
  place: DestinationPlace,
  secret: string | null,
  set: OutgoingSet,
  summary: string,
): Promise<string> {
  if (place.kind === 'folder') return sendToFolder(exportPlaces.folder, place.path, set)
  if (secret === null) throw new DeliveryError('The destination has no secret. Add it again with one.')
  if (place.kind === 's3') {
    const reachable = { hosts: exportPlaces.s3Hosts, networks: allowedNetworks ?? allowNetworks([]) }
    return sendToS3(place, secret, reachable, set)
  }
  return sendToHub(openHub(exportPlaces.huggingFaceUrl, secret), place, set, summary)
}

/** The manifest last, so that whoever waits for it finds all that it lists. */
function outgoing(deps: Deps, job: ExportRow, images: StoredFile[]): OutgoingFile[] {
  return [...job.files, ...images]
    .map((file) => ({
      ...file,
      read: (start?: number, end?: number) => readExportFile(deps, job, file, start, end),
    }))
    .sort((one, other) => Number(one.name === 'manifest.json') - Number(other.name === 'manifest.json'))
}
