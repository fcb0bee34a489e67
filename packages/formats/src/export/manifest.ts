import { createHash } from 'node:crypto'
import { unitOf } from './left-out.ts'
import type { Split, WriteReport } from './report.ts'

/** Version of the manifest's shape. */
export const MANIFEST_VERSION = 1

export type FileEntry = { name: string; bytes: number; sha256: string; rows?: number; split?: Split }

/** Counts and hashes what goes into a file. */
export function fileDigest(): { add(text: string): void; done(): { bytes: number; sha256: string } } {
  const hash = createHash('sha256')
  let bytes = 0
  return {
    add(text) {
      bytes += Buffer.byteLength(text)
      hash.update(text)
    },
    done: () => ({ bytes, sha256: hash.digest('hex') }),
  }
}

export type ManifestInput = {
  format: string
  as: string
  /** Name and version of what made the export. */
  createdBy: { name: string; version: string }
  project?: { id: string; name: string; guidelineVersion?: number }
  /** The file that was converted, when the rows come from one. */
  source?: { name: string; format: string | null; container: string | null; rejectedRows: number }
  /** The moment up to which judgments are in, as ISO 8601. Left out, the same input gives the same bytes at any time. */
  asOf?: string
  options: Record<string, unknown>
  /** How rows were made from judgments, in words: by which method decided, what happens to ties. */
  policies?: Record<string, string>
  report: WriteReport
  files: FileEntry[]
}

/** The manifest as JSON text: what is in the export, what was left out and why, and the hash of every file. */
export function buildManifest(input: ManifestInput): string {
  const { report } = input
  const dropped = sortedCounts(report.dropped)
  const manifest = {
    manifestVersion: MANIFEST_VERSION,
    createdBy: input.createdBy,
    ...(input.asOf !== undefined && { asOf: input.asOf }),
    ...(input.project && { project: input.project }),
    ...(input.source && { source: input.source }),
    format: input.format,
    as: input.as,
    options: input.options,
    ...(input.policies && { policies: input.policies }),
    rows: {
      considered: report.kept + Object.values(dropped).reduce((sum, each) => sum + each, 0),
      kept: report.kept,
      splits: report.splits,
      dropped,
      ...(Object.keys(dropped).length > 0 && { droppedUnits: unitsOf(dropped) }),
      notes: sortedCounts(report.notes),
    },
    files: [...input.files].sort((left, right) => (left.name < right.name ? -1 : 1)),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** Tasks, pairs or rows, by reason: what each count counts. */
const unitsOf = (dropped: Record<string, number>): Record<string, string> =>
  Object.fromEntries(Object.keys(dropped).map((reason) => [reason, unitOf(reason)]))

function sortedCounts(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([left], [right]) => (left < right ? -1 : 1)))
}
