import { DeliveryError, type OutgoingFile, type OutgoingSet, spooled, wholeFile } from './export-source.ts'
import { type Hub, hubError } from './hub.ts'
import { uploadLarge } from './hub-large-files.ts'

/** Files that the Hub is asked about at a time. */
const BATCH = 256
/** What the Hub wants to see of a file before it says how to send it. */
const SAMPLE_BYTES = 512
const BRANCH = 'main'

/**
 * Commits the files to a dataset repository on the Hugging Face Hub, in one commit that also removes what an earlier export left; the repository is made when it is not there. Large files go
 * through Git LFS, as the Hub says (https://huggingface.co/docs/hub/api, https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md).
 * @returns the address of the repository
 */
export async function sendToHub(
  hub: Hub,
  place: { repository: string; private: boolean },
  { files, stale }: OutgoingSet,
  summary: string,
): Promise<string> {
  await ensureRepository(hub, place)
  const modes = new Map<string, Mode>()
  for (const batch of inBatches(files)) {
    for (const [name, mode] of await askModes(hub, place.repository, batch)) modes.set(name, mode)
  }
  const large = files.filter(({ name }) => modes.get(name) === 'lfs')
  for (const batch of inBatches(large)) await uploadLarge(hub, place.repository, BRANCH, batch)
  const gone = await existing(hub, place.repository, stale)
  await commit(hub, place.repository, summary, { files, stale: gone }, new Set(large.map(({ name }) => name)))
  return `${hub.url}/datasets/${place.repository}`
}

/** Those of some files that are in the repository: a commit that removes what is not there is refused. */
async function existing(hub: Hub, repository: string, names: string[]): Promise<string[]> {
  const found: string[] = []
  for (const paths of inBatches(names)) {
    const response = await hub.fetch(`/api/datasets/${repository}/paths-info/${BRANCH}`, { json: { paths } })
    if (!response.ok) throw await hubError(response, 'The Hub does not say which files are there')
    const there = (await response.json()) as { path: string; type: string }[]
    found.push(...there.filter(({ type }) => type === 'file').map(({ path }) => path))
  }
  return found.filter((path) => names.includes(path))
}

const inBatches = <T>(files: T[]): T[][] =>
  Array.from({ length: Math.ceil(files.length / BATCH) }, (_, n) => files.slice(n * BATCH, (n + 1) * BATCH))

async function ensureRepository(hub: Hub, place: { repository: string; private: boolean }): Promise<void> {
  const [organization, name] = place.repository.split('/')
  const response = await hub.fetch('/api/repos/create', {
    json: { type: 'dataset', name, organization, private: place.private },
  })
  // It is there already: the token's rights show when something is written.
  if (response.ok || response.status === 409) return void (await response.text())
  throw await hubError(response, `The repository ${place.repository} cannot be made`)
}

type Mode = 'lfs' | 'regular'

async function askModes(hub: Hub, repository: string, files: OutgoingFile[]): Promise<Map<string, Mode>> {
  const asked: { path: string; size: number; sample: string }[] = []
  for (const file of files) {
    const sample = Buffer.concat(await Array.fromAsync(file.read(0, Math.min(SAMPLE_BYTES, file.bytes))))
    asked.push({ path: file.name, size: file.bytes, sample: sample.toString('base64') })
  }
  const response = await hub.fetch(`/api/datasets/${repository}/preupload/${BRANCH}`, {
    json: { files: asked },
  })
  if (!response.ok) throw await hubError(response, 'The Hub does not take the files')
  const said = (await response.json()) as {
    files?: { path: string; uploadMode: Mode; shouldIgnore?: boolean }[]
  }
  const modes = new Map((said.files ?? []).map(({ path, uploadMode }) => [path, uploadMode]))
  const missing = files.find(({ name }) => !modes.has(name))
  if (missing) throw new DeliveryError(`The Hub did not say how to send ${missing.name}.`)
  return modes
}

async function commit(
  hub: Hub,
  repository: string,
  summary: string,
  { files, stale }: OutgoingSet,
  large: ReadonlySet<string>,
): Promise<void> {
  async function* lines() {
    yield `${JSON.stringify({ key: 'header', value: { summary, description: '' } })}\n`
    for (const path of stale) yield `${JSON.stringify({ key: 'deletedFile', value: { path } })}\n`
    for (const file of files) {
      const value = large.has(file.name)
        ? { path: file.name, algo: 'sha256', oid: file.sha256, size: file.bytes }
        : { path: file.name, encoding: 'base64', content: (await wholeFile(file)).toString('base64') }
      yield `${JSON.stringify({ key: large.has(file.name) ? 'lfsFile' : 'file', value })}\n`
    }
  }
  const path = `/api/datasets/${repository}/commit/${BRANCH}`
  const response = await spooled(lines(), (body) => hub.fetch(path, { body, type: 'application/x-ndjson' }))
  if (!response.ok) throw await hubError(response, 'The Hub does not take the commit')
  await response.text()
}
