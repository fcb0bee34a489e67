import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildCard,
  buildCroissant,
  buildManifest,
  convert,
  type Feature,
  type FileEntry,
  featuresOf,
  fileDigest,
  type Split,
  saveWritten,
  tableFeatures,
  type WriteFormat,
  type WriteReport,
} from '../../src/index.ts'
import { bytes } from '../reading.ts'
import { samples } from '../samples.ts'
import { writePictured } from './write-pictured.ts'

const user = (content: string) => ({ role: 'user', content })
const assistant = (content: string) => ({ role: 'assistant', content })
const texts = [
  'plain',
  ' leading and trailing ',
  'two\r\nlines\u2028here',
  'emoji 😀 é',
  '=1+1',
  '{"json": [1]}',
  '<|im_end|>',
]

/** Rows with everything that is hard to carry, as a source for one kind of feedback. */
const sources: Record<string, object[]> = {
  preference: texts.flatMap((text, index) => [
    {
      prompt: [{ role: 'system', content: 's' }, user(text)],
      chosen: [assistant(`${text}!`)],
      rejected: [assistant(text)],
    },
    {
      context: [user('first'), assistant(text), user('second')],
      response1: text,
      response2: `${text}?`,
      overall_preference: index % 2 ? -3 : 2,
    },
  ]),
  plain: texts.map((text) => ({ prompt: text, chosen: `${text}!`, rejected: text })),
  demonstration: texts.map((text) => ({
    messages: [user('q'), assistant('r'), user(text), assistant(`${text}.`)],
  })),
  thumb: texts.map((text, index) => ({
    prompt: [user(text)],
    completion: [assistant(text)],
    label: index % 2 === 0,
  })),
  steps: [samples['trl-stepwise'], samples.prm800k],
  tools: [
    samples.sharegpt,
    {
      messages: [user('q'), assistant('a')],
      tools: [{ type: 'function', function: { name: 'f', parameters: {} } }],
    },
  ],
}

/** What is written as JSON Lines, and again as Parquet. */
const plans: { to: WriteFormat; source: string; margin?: 'strength' }[] = [
  { to: 'trl-preference', source: 'preference' },
  { to: 'trl-preference', source: 'preference', margin: 'strength' },
  { to: 'trl-sft', source: 'demonstration' },
  { to: 'trl-sft', source: 'tools' },
  { to: 'trl-prompt-completion', source: 'demonstration' },
  { to: 'trl-unpaired', source: 'thumb' },
  { to: 'trl-stepwise', source: 'steps' },
  { to: 'trl-prompt-only', source: 'demonstration' },
  { to: 'openai-dpo', source: 'preference' },
  { to: 'openai-sft', source: 'demonstration' },
  { to: 'llama-factory', source: 'preference' },
  { to: 'helpsteer3', source: 'preference' },
  { to: 'hh-rlhf', source: 'preference' },
  { to: 'axolotl', source: 'preference' },
  { to: 'label-studio', source: 'preference' },
  { to: 'argilla', source: 'plain' },
  { to: 'alpaca', source: 'demonstration' },
  { to: 'sharegpt', source: 'demonstration' },
  { to: 'raw', source: 'preference' },
  { to: 'openai-sft', source: 'tools' },
]

/** Writes an export in every format, with card and manifest, for the real packages to load. */
async function writeExports(folder: string): Promise<void> {
  for (const { to, source, margin } of plans) {
    const dir = join(folder, [to, source, margin].filter(Boolean).join('.'))
    mkdirSync(dir, { recursive: true })
    const text: Record<Split, string> = { train: '', test: '' }
    for (const row of sources[source] ?? []) {
      // One row at a time, because the rows of a source are of several formats here.
      const { blocks } = convert(bytes([row]), { from: 'auto', to, write: { margin: margin ?? 'none' } })
      for await (const block of blocks) text[block.split] += block.text
    }
    const whole = convert(bytes(text.train), { from: to, to, write: { margin: margin ?? 'none' } })
    for await (const block of whole.blocks) void block
    const { report } = whole
    const rows = text.train.trimEnd().split('\n').length
    const digest = fileDigest()
    digest.add(text.train)
    const files = [{ name: 'train.jsonl', rows, split: 'train' as const, ...digest.done() }]
    const options = { margin: margin ?? 'none' } as const
    const counted = { ...report, kept: rows, splits: { train: rows } }
    writeFileSync(join(dir, 'train.jsonl'), text.train)
    writeFileSync(
      join(dir, 'manifest.json'),
      buildManifest({
        format: to,
        as: 'jsonl',
        createdBy: { name: 'Groundwork', version: '0' },
        project: { id: 'p', name: 'verify' },
        options,
        report: counted,
        files,
      }),
    )
    const croissant = {
      name: to,
      description: 'Made to be loaded by the real packages.',
      license: 'https://spdx.org/licenses/MIT.html',
      url: 'https://example.org/set',
      version: '1.0.0',
      features: featuresOf(to, counted, options),
      files,
      report: counted,
    }
    writeFileSync(join(dir, 'croissant.json'), buildCroissant(croissant))
    const features = featuresOf(to, counted, options)
    writeFileSync(join(dir, 'README.md'), cardOf(to, features, files, counted))
    await writeTable(`${dir}.parquet`, to, text.train, counted, options)
  }
  await writeOddShards(join(folder, 'odd-shards.parquet'))
}

function cardOf(
  to: WriteFormat,
  features: readonly Feature[] | null,
  files: FileEntry[],
  report: WriteReport,
): string {
  return buildCard({
    title: `Verify: ${to}`,
    description: 'Made to be loaded by the real packages.',
    license: 'mit',
    languages: ['en', 'no'],
    tags: ['human-feedback'],
    taskCategories: ['text-generation'],
    config: 'default',
    features,
    files,
    report,
  })
}

/** The same rows as Parquet in several shards, and as JSON Lines that no loader looks at. */
async function writeTable(
  folder: string,
  to: WriteFormat,
  text: string,
  report: WriteReport,
  options: { margin: 'none' | 'strength' },
): Promise<void> {
  async function* blocks() {
    for (const line of text.trimEnd().split('\n')) yield { split: 'train' as const, text: `${line}\n` }
  }
  const written = { blocks: blocks(), report }
  const files = await saveWritten(written, { format: to, as: 'parquet', folder, shardBytes: 100, ...options })
  writeFileSync(join(folder, 'rows.jsonl'), text)
  writeFileSync(join(folder, 'README.md'), cardOf(to, tableFeatures(to, report, options), files, report))
  const createdBy = { name: 'Groundwork', version: '0' }
  const manifest = { format: to, as: 'parquet', createdBy, options, report, files }
  writeFileSync(join(folder, 'manifest.json'), buildManifest(manifest))
}

/** A shard in which no row has a margin and all prompts are empty, before others that have both. */
async function writeOddShards(folder: string): Promise<void> {
  const rows = Array.from({ length: 30 }, (_, index) => ({
    prompt: index < 10 ? [] : [user(`q${index}`)],
    chosen: [assistant('a')],
    rejected: [assistant('b')],
    ...(index >= 10 && { margin: index }),
  }))
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  const report = { kept: rows.length, dropped: {}, notes: {}, splits: { train: rows.length } }
  await writeTable(folder, 'trl-preference', text, report, { margin: 'strength' })
}

await writeExports(process.argv[2] ?? 'exports')
await writePictured(process.argv[2] ?? 'exports')
