import { expect, test } from 'vitest'
import { type WriteFormat, writers } from '../index.ts'
import { buildCard, sizeCategory } from './card.ts'
import { buildCroissant } from './croissant.ts'
import { buildDatasheet } from './datasheet.ts'
import { featuresOf, preferenceFeatures } from './features.ts'
import { jsonLine } from './json-line.ts'
import { buildManifest, fileDigest } from './manifest.ts'
import { seeColumns, type WriteReport } from './report.ts'

const report = { kept: 3, dropped: { tie: 2, both_bad: 1 }, notes: {}, splits: { train: 2, test: 1 } }
const files = [
  { name: 'train.jsonl', bytes: 20, sha256: 'aa', rows: 2, split: 'train' as const },
  { name: 'test.jsonl', bytes: 10, sha256: 'bb', rows: 1, split: 'test' as const },
  { name: 'LICENSE', bytes: 5, sha256: 'cc' },
]

test('golden: manifest', () => {
  const text = buildManifest({
    format: 'trl-preference',
    as: 'jsonl',
    createdBy: { name: 'Groundwork', version: '1.2.3' },
    project: { id: 'p', name: 'Coding' },
    options: { margin: 'none' },
    report,
    files,
  })
  expect(JSON.parse(text)).toEqual({
    manifestVersion: 1,
    createdBy: { name: 'Groundwork', version: '1.2.3' },
    project: { id: 'p', name: 'Coding' },
    format: 'trl-preference',
    as: 'jsonl',
    options: { margin: 'none' },
    rows: {
      considered: 6,
      kept: 3,
      splits: { train: 2, test: 1 },
      dropped: { both_bad: 1, tie: 2 },
      droppedUnits: { both_bad: 'rows', tie: 'rows' },
      notes: {},
    },
    files: [files[2], files[1], files[0]],
  })
  expect(text.indexOf('both_bad')).toBeLessThan(text.indexOf('"tie"'))
})

test('digest counts bytes, not characters', () => {
  const digest = fileDigest()
  digest.add('é')
  digest.add('😀\n')
  expect(digest.done()).toEqual({
    bytes: 7,
    sha256: 'f26b68b6994ea006d176890661e1c0401f133bb6cffe91cecfc5bd0570921cb8',
  })
})

test('golden: dataset card', () => {
  const card = buildCard({
    title: 'Coding: which answer?',
    description: 'Programmers chose.',
    license: 'cc-by-4.0',
    languages: ['en', 'no'],
    tags: ['human-feedback'],
    taskCategories: ['text-generation'],
    config: 'preference',
    features: preferenceFeatures(true, report),
    files,
    report,
  })
  expect(card).toBe(`---
pretty_name: "Coding: which answer?"
license: cc-by-4.0
language:
- en
- "no"
size_categories:
- n<1K
task_categories:
- text-generation
tags:
- human-feedback
dataset_info:
- config_name: preference
  features:
  - name: prompt
    list:
    - name: role
      dtype: string
    - name: content
      dtype: string
  - name: chosen
    list:
    - name: role
      dtype: string
    - name: content
      dtype: string
  - name: rejected
    list:
    - name: role
      dtype: string
    - name: content
      dtype: string
  - name: margin
    dtype: float64
  splits:
  - name: train
    num_bytes: 20
    num_examples: 2
  - name: test
    num_bytes: 10
    num_examples: 1
configs:
- config_name: preference
  data_files:
  - split: train
    path: train.jsonl
  - split: test
    path: test.jsonl
---

# Coding: which answer?

Programmers chose.

## Rows

3 rows (2 in \`train\`, 1 in \`test\`). Left out:

| reason | left out |
| --- | ---: |
| \`both_bad\` | 1 row |
| \`tie\` | 2 rows |
`)
})

test('a title cannot break out of the YAML', () => {
  const card = buildCard({
    title: 'x"\n---\nevil: true',
    description: '',
    license: null,
    languages: [],
    tags: [],
    taskCategories: [],
    config: 'default',
    features: null,
    files: [],
    report: { kept: 0, dropped: {}, notes: {}, splits: {} },
  })
  expect(card.split('\n').slice(0, 5)).toEqual([
    '---',
    'pretty_name: "x\\"\\n---\\nevil: true"',
    'size_categories:',
    '- n<1K',
    '---',
  ])
})

test('size classes', () => {
  expect([0, 999, 1_000, 99_999, 1e6, 2e9].map(sizeCategory)).toEqual([
    'n<1K',
    'n<1K',
    '1K<n<10K',
    '10K<n<100K',
    '1M<n<10M',
    'n>1B',
  ])
})

test('messages with tool calls are declared as JSON, because their keys differ', () => {
  const features = preferenceFeatures(false, { ...report, notes: { with_tool_calls: 1 } })
  expect(features).toEqual(['prompt', 'chosen', 'rejected'].map((name) => ({ name, list: 'json' })))
})

test('golden: Croissant', () => {
  const text = buildCroissant({
    name: 'set',
    description: 'd',
    license: null,
    url: null,
    version: '1.0.0',
    features: [
      { name: 'margin', dtype: 'float64' },
      { name: 'labels', list: 'bool' },
      ...preferenceFeatures(false, report).slice(0, 1),
    ],
    files: files.slice(0, 1),
  })
  const { '@context': context, ...metadata } = JSON.parse(text)
  expect(context).toMatchObject({ cr: 'http://mlcommons.org/croissant/', sc: 'https://schema.org/' })
  const source = (column: string) => ({ fileObject: { '@id': 'train.jsonl' }, extract: { column } })
  const field = (id: string, rest: object) => ({
    '@type': 'cr:Field',
    '@id': `train/${id}`,
    name: id.split('/').at(-1),
    ...rest,
  })
  const sub = (key: string) =>
    field(`prompt/${key}`, {
      dataType: 'sc:Text',
      source: { ...source('prompt'), transform: { jsonPath: key } },
    })
  expect(metadata).toEqual({
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    name: 'set',
    description: 'd',
    version: '1.0.0',
    distribution: [
      {
        '@type': 'cr:FileObject',
        '@id': 'train.jsonl',
        name: 'train.jsonl',
        contentUrl: 'train.jsonl',
        contentSize: '20 B',
        encodingFormat: 'application/jsonlines',
        sha256: 'aa',
      },
    ],
    recordSet: [
      {
        '@type': 'cr:RecordSet',
        '@id': 'train',
        name: 'train',
        field: [
          field('margin', { dataType: 'sc:Float', source: source('margin') }),
          field('labels', { dataType: 'sc:Boolean', repeated: true, source: source('labels') }),
          field('prompt', { repeated: true, subField: [sub('role'), sub('content')] }),
        ],
      },
    ],
  })
})

test('a datasheet says what is known and what is not recorded', () => {
  const sheet = buildDatasheet({
    title: 'Coding',
    rows: { kept: 3, considered: 6 },
    people: { total: 5, byLevel: { 'domain expert': 2, generalist: 3 } },
    pay: { promisedHourly: '30.00 USD', trueHourly: '31.20 USD' },
    agreement: { measure: "Krippendorff's alpha", value: 0.61234 },
    guidelineVersions: [1, 2],
  })
  expect(sheet).toContain('**Who judged?** 5 people (2 domain expert, 3 generalist).')
  expect(sheet).toContain(
    '**How were they paid?** Promised: 30.00 USD an hour. Over all active time: 31.20 USD an hour.',
  )
  expect(sheet).toContain("**How far did they agree?** Krippendorff's alpha 0.612.")
  expect(sheet).toContain('**Under which licence?** Not recorded.')
  expect(sheet.match(/^## /gm)?.length).toBe(7)
})

test('floats are written as floats, so that a loader sees one type in a column', () => {
  expect(jsonLine({ margin: 1, label: 1, list: [1, 0.5, null] }, ['margin', 'list'])).toBe(
    '{"margin":1.0,"label":1,"list":[1.0,0.5,null]}',
  )
  expect(jsonLine({ margin: 0.25, no: undefined }, ['margin'])).toBe('{"margin":0.25}')
})

test('Croissant says how a set came about, and nothing of what is not known', () => {
  const input = { name: 's', description: 'd', url: null, version: '1.0.0', features: null, files: [] }
  const { '@context': _, ...metadata } = JSON.parse(
    buildCroissant({
      ...input,
      license: 'https://spdx.org/licenses/CC-BY-4.0.html',
      facts: {
        title: 's',
        collectedFrom: '2026-01-01',
        collectedUntil: '2026-02-01',
        people: { total: 2, byLevel: { expert: 2 } },
        agreement: { measure: 'alpha', value: 0.5 },
      },
    }),
  )
  expect(metadata).toMatchObject({
    license: 'https://spdx.org/licenses/CC-BY-4.0.html',
    'rai:dataCollectionTimeframe': '2026-01-01/2026-02-01',
    'rai:annotatorDemographics': '2 people (2 expert).',
    'rai:dataAnnotationAnalysis': 'alpha 0.500.',
  })
  expect(Object.keys(metadata)).not.toContain('rai:dataPreprocessingProtocol')
  expect(Object.keys(metadata)).not.toContain('url')
})

test('every format has columns for its card, as JSON Lines and as CSV', () => {
  for (const format of Object.keys(writers) as WriteFormat[]) {
    expect(featuresOf(format, report).length, format).toBeGreaterThan(0)
    for (const feature of featuresOf(format, report, { as: 'csv' }))
      expect('dtype' in feature && feature.dtype, `${format}.${feature.name}`).toMatch(
        /^(string|bool|int64)$/,
      )
  }
})

test('tools, groups and plain texts have columns of their own', () => {
  const notes = { with_tools: 1, with_group_id: 1 }
  expect(featuresOf('trl-preference', { ...report, notes }, { plain: true })).toEqual([
    ...['prompt', 'chosen', 'rejected', 'group_id'].map((name) => ({ name, dtype: 'string' })),
    { name: 'tools', list: 'json' },
  ])
  expect(featuresOf('llama-factory', { ...report, notes: { with_tools: 1 } }).at(-1)).toEqual({
    name: 'tools',
    dtype: 'string',
  })
})

test('Croissant describes of lines of JSON what its readers can read: columns that any line has, and no objects of free shape', () => {
  const features = [
    { name: 'prompt', dtype: 'string' },
    { name: 'margin', dtype: 'float64' },
    { name: 'tools', list: 'json' },
    { name: 'data', dtype: 'json' },
  ]
  const report: WriteReport = { kept: 1, dropped: {}, notes: {}, splits: { train: 1 } }
  seeColumns(report, 'train', { prompt: 'Why?', tools: [], data: {} })
  const described = (name: string, given = features) => {
    const files = [{ name, rows: 1, split: 'train' as const, bytes: 1, sha256: '0'.repeat(64) }]
    const about = { name: 'set', description: '', license: null, url: null, version: '1.0.0', files, report }
    const { recordSet } = JSON.parse(buildCroissant({ ...about, features: given }))
    return recordSet?.map((set: { field: { name: string }[] }) => set.field.map((field) => field.name))
  }
  expect(described('train.jsonl')).toEqual([['prompt']])
  expect(described('train.parquet')).toEqual([['prompt', 'margin', 'tools', 'data']])
  expect(described('train.jsonl', features.slice(2))).toBeUndefined()
})
