import { createHash, verify } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Row } from '../container/records.ts'
import { canonicalJson } from '../content/canonical-json.ts'
import { FormatError } from '../faults.ts'
import { readSaved } from './read-saved.ts'
import { CHAIN_START, rowHash } from './row-hash.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** A path below the folder, and nothing that leads out of it. */
const name = z
  .string()
  .regex(/^[^/\\\0]+(\/[^/\\\0]+)*$/)
  .refine((path) => !path.split('/').includes('..'))
const manifestShape = z.object({
  as: z.string(),
  files: z.array(z.object({ name, bytes: z.number(), sha256, split: z.string().optional() })),
})
const signatureShape = z.object({
  keyId: z.string(),
  publicKey: z.string(),
  signature: z.string(),
  payload: z.looseObject({
    chains: z.record(z.string(), z.object({ rows: z.number(), head: sha256 })),
    files: z.array(z.object({ name, sha256 })),
  }),
})
type Manifest = z.infer<typeof manifestShape>
type Signature = z.infer<typeof signatureShape>

/** What was looked at, and everything that is not as it should be. */
export type Verified = {
  files: number
  /** Rows of each chain; empty where the export has none. */
  chains: Record<string, number>
  /** How each chain was checked: from the rows, or (CSV) only from link to link. */
  checked: 'rows' | 'links'
  /** The key with which the export is signed; null when it is not signed. */
  signedBy: string | null
  problems: string[]
}

/**
 * Checks a downloaded export: the files against the manifest, each row against its chain, and the ends of the chains and the files against the signature.
 * @param publicKey that the export has to be signed with, in PEM; without it the one that it brings along, which shows only that it fits together
 * @throws FormatError when there is no manifest of an export, or a file cannot be read
 */
export async function verifyFolder(folder: string, publicKey?: string): Promise<Verified> {
  const manifest = await readJson(folder, 'manifest.json', manifestShape)
  const problems = await wrongFiles(folder, manifest)
  const signed = manifest.files.some((file) => file.name === 'signature.json')
  const checked = manifest.as === 'csv' ? 'links' : 'rows'
  const whole: Verified = { files: manifest.files.length, chains: {}, checked, signedBy: null, problems }
  if (!signed) {
    if (publicKey !== undefined) problems.push('The export is not signed.')
    return whole
  }
  const signature = await readJson(folder, 'signature.json', signatureShape)
  problems.push(...wrongSignature(signature, manifest, publicKey))
  const ends = await chainsOf(folder, manifest, problems)
  if (canonicalJson(ends) !== canonicalJson(signature.payload.chains))
    problems.push('The chains of the rows do not end as signed.')
  whole.chains = Object.fromEntries(Object.entries(ends).map(([split, { rows }]) => [split, rows]))
  whole.signedBy = signature.keyId
  return whole
}

async function readJson<T>(folder: string, file: string, shape: z.ZodType<T>): Promise<T> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => null)
  if (text === null) throw new FormatError('not_rows', `There is no ${file} in ${folder}.`)
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    throw new FormatError('not_rows', `${file} is not one of an export of Groundwork.`)
  }
}

async function wrongFiles(folder: string, { files }: Manifest): Promise<string[]> {
  const problems: string[] = []
  for (const file of files) {
    const hash = createHash('sha256')
    try {
      for await (const chunk of createReadStream(join(folder, file.name))) hash.update(chunk)
    } catch {
      problems.push(`${file.name} is missing.`)
      continue
    }
    if (hash.digest('hex') !== file.sha256) problems.push(`${file.name} is not what the manifest lists.`)
  }
  return problems
}

function wrongSignature(signature: Signature, { files }: Manifest, wanted: string | undefined): string[] {
  const problems: string[] = []
  const { payload, publicKey } = signature
  const bytes = Buffer.from(canonicalJson(payload))
  const key = wanted ?? publicKey
  if (wanted !== undefined && wanted.trim() !== publicKey.trim())
    problems.push('The export is signed with another key than the one given.')
  if (!isSigned(bytes, key, signature.signature)) problems.push('The signature is not that of the payload.')
  const listed = new Map(files.map((file) => [file.name, file.sha256]))
  for (const file of payload.files)
    if (listed.get(file.name) !== file.sha256) problems.push(`${file.name} is signed with another hash.`)
  const covered = new Set(payload.files.map((file) => file.name))
  for (const file of files)
    if (file.split !== undefined && !covered.has(file.name)) problems.push(`${file.name} is not signed.`)
  return problems
}

function isSigned(bytes: Buffer, key: string, signature: string): boolean {
  try {
    return verify(null, bytes, key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

type End = { rows: number; head: string }

/** Goes along the rows of every split, or along the file beside them where the format keeps its own shape. */
async function chainsOf(
  folder: string,
  manifest: Manifest,
  problems: string[],
): Promise<Record<string, End>> {
  const { as, files } = manifest
  const ends: Record<string, End> = {}
  const rowsOf = async function* (split: string) {
    for (const file of files) if (file.split === split) yield* readSaved(join(folder, file.name), as)
  }
  const check = (split: string, row: Row, whole: Row) => {
    const last = ends[split] ?? { rows: 0, head: CHAIN_START }
    const hash = typeof row.row_hash === 'string' ? row.row_hash : ''
    const where = `Row ${last.rows + 1} of ${split}`
    if (row.previous_hash !== last.head) problems.push(`${where} does not follow the one before it.`)
    else if (as !== 'csv' && rowHash(whole, last.head) !== hash)
      problems.push(`${where} is not the one that was signed.`)
    ends[split] = { rows: last.rows + 1, head: hash }
  }
  const splits = [...new Set(files.flatMap(({ split }) => split ?? []))]
  const beside = files.some((file) => file.name === 'provenance.jsonl')
  try {
    if (beside) {
      const rows = new Map(splits.map((split) => [split, rowsOf(split)]))
      for await (const { row_hash, previous_hash, ...said } of readSaved(
        join(folder, 'provenance.jsonl'),
        'jsonl',
      )) {
        const split = String(said.split)
        const next = await rows.get(split)?.next()
        check(split, { row_hash, previous_hash }, { ...said, data: next?.value })
      }
    } else if (as !== 'json' || !files.some((file) => file.name === 'annotations.json')) {
      for (const split of splits) for await (const row of rowsOf(split)) check(split, row, row)
    }
  } catch (error) {
    problems.push(`The rows cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  return Object.fromEntries(Object.entries(ends).sort(([one], [other]) => (one < other ? -1 : 1)))
}
