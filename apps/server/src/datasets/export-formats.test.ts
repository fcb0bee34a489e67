import { verify } from 'node:crypto'
import {
  type Answer,
  type ExportFormat,
  exportContainer,
  exportFormat,
  type Form,
  type TaskPayload,
  textMessage,
} from '@groundwork/contract'
import { canonicalJson, readTasks, rowHash, writers } from '@groundwork/formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportOf, judgeAll, projectWith } from '../../../../tests/support/judged-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { containersOf, formatNeeds } from './feedback/registry.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let trainers: TestPerson[]
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  trainers = [
    await server.newTrainer({ displayName: 'One' }),
    await server.newTrainer({ displayName: 'Two' }),
  ]
})
afterAll(() => server.close())

const shown: Form['blocks'] = [{ type: 'context' }, { type: 'candidates', layout: 'side_by_side' }]
const task = (name: string, answers: string[], prompt = `Question ${name} 😀`): TaskPayload => ({
  externalId: name,
  context: prompt === '' ? [] : [textMessage('user', prompt)],
  candidates: answers.map((text, index) => ({
    id: String.fromCharCode(97 + index),
    messages: [textMessage('assistant', text)],
  })),
})
const form = (...questions: object[]): Form => ({ blocks: shown, questions: questions as Form['questions'] })
const asked = { label: 'Asked', required: true }

/** A project in which each trainer answers by their own function. */
async function judged(
  made: Form,
  tasks: TaskPayload[],
  answers: ((name: string) => Answer | null)[],
): Promise<string> {
  const id = await projectWith(team, made, tasks, answers.length)
  for (const [index, answer] of answers.entries()) {
    const trainer = trainers[index]
    if (trainer) await judgeAll(trainer, id, (given) => answer(given.externalId ?? ''))
  }
  return id
}

const vote = (outcome: string, strength: number, reason = 'Because it is.'): Answer => ({
  preference: { outcome, strength },
  reason,
})
const comparison = form(
  { ...asked, id: 'preference', type: 'preference', ties: ['tie', 'both_good', 'both_bad'] },
  { ...asked, id: 'reason', type: 'text', minWords: 0, maxCharacters: 1_000, each: 'task', required: false },
)
let compared: string
/** Projects whose answers are demonstrations, and judged steps. */
let written: string
let stepped: string
beforeAll(async () => {
  const said: Record<string, [Answer, Answer]> = {
    clear: [vote('a', -3), vote('a', -2)],
    split: [vote('a', -1), vote('b', 3)],
    tie: [vote('tie', 0), vote('tie', 0)],
  }
  compared = await judged(
    comparison,
    Object.keys(said).map((name) => task(name, [`Right ${name}`, `Wrong ${name}`])),
    [0, 1].map((turn) => (name: string) => said[name]?.[turn as 0 | 1] ?? null),
  )
  const again = ['one', 'two', 'three']
  written = await judged(
    form({ ...asked, id: 'better', type: 'rewrite' }),
    again.map((name) => task(name, [`Draft ${name}`])),
    [(name) => ({ better: { candidate: 'a', original: `Draft ${name}`, text: `Better ${name}` } })],
  )
  const label = 1 as const
  stepped = await judged(
    form({ ...asked, id: 'steps', type: 'steps', split: 'lines' }),
    again.map((name) => task(name, [`Step ${name}.`])),
    [(name) => ({ steps: { candidate: 'a', steps: [{ text: `Step ${name}.`, label }] } })],
  )
})

test('the contract offers exactly what can be written', () => {
  expect([...exportFormat.options].sort()).toEqual([...Object.keys(writers), 'coco'].sort())
})

/** A project that can fill a format; boxes have a test of their own. */
function feeding(format: ExportFormat): string {
  const needs = formatNeeds[format]
  if (needs.length === 1 && needs[0] === 'demonstration') return written
  return needs.includes('steps') && needs.length === 1 ? stepped : compared
}

test.each(
  exportFormat.options
    .filter((format) => format !== 'coco')
    .flatMap((format) => containersOf(format).map((as) => [format, as] as const)),
)(
  '%s as %s: made twice with the same bytes, and every file is what the manifest says',
  async (format, as) => {
    const options = { testShare: 0.3, seed: 4, provenance: true, disagreement: true, unpair: true } as const
    const project = feeding(format)
    const [first, second] = [
      await exportOf(server, team, project, { format, as, options }),
      await exportOf(server, team, project, { format, as, options }),
    ]
    expect(second.job.files.map(({ name, sha256 }) => [name, sha256])).toEqual(
      first.job.files.map(({ name, sha256 }) => [name, sha256]),
    )
    const manifest = JSON.parse(await first.text('manifest.json'))
    expect(manifest.files.map((each: { name: string }) => each.name).sort()).toEqual(
      first.job.files
        .map(({ name }) => name)
        .filter((name) => name !== 'manifest.json')
        .sort(),
    )
    const data = manifest.files.filter((each: { split?: string }) => each.split)
    const rows = data.reduce((sum: number, each: { rows: number }) => sum + each.rows, 0)
    expect(rows).toBe(first.job.rows)
  },
)

test('what is exported in a format is read in it again, in every container', async () => {
  const formats = [
    'trl-preference',
    'openai-dpo',
    'helpsteer3',
    'llama-factory',
    'axolotl',
    'hh-rlhf',
    'raw',
  ] as const
  for (const format of formats) {
    for (const as of exportContainer.options) {
      if (as === 'csv' && format !== 'hh-rlhf' && format !== 'trl-preference') continue
      const { job } = await exportOf(server, team, compared, { format, as })
      const file = job.files.find(({ name }) => name.startsWith('train'))
      const response = await team.client.getExportFile({ params: { id: job.id, name: file?.name ?? '' } })
      const bytes = new Uint8Array(await response.arrayBuffer())
      async function* source() {
        yield bytes
      }
      const items = await Array.fromAsync(readTasks(source(), { format, kinds: 'all' }))
      expect(
        items.filter(({ kind }) => kind === 'rejected'),
        `${format} ${as}`,
      ).toEqual([])
      expect(items.filter(({ kind }) => kind === 'task').length, `${format} ${as}`).toBe(job.rows)
    }
  }
})

test('rules: every judgment, unanimous, ties both ways', async () => {
  const every = await exportOf(server, team, compared, {
    format: 'trl-preference',
    options: { rule: 'every_judgment' },
  })
  expect(every.job).toMatchObject({ rows: 4, dropped: { tie: 2 } })
  const unanimous = await exportOf(server, team, compared, {
    format: 'trl-preference',
    options: { rule: 'unanimous' },
  })
  expect(unanimous.job).toMatchObject({ rows: 1, dropped: { not_unanimous: 1, tie: 1 } })
  const both = await exportOf(server, team, compared, {
    format: 'trl-preference',
    options: { ties: 'both_ways', minAgreement: 0.9 },
  })
  expect(both.job).toMatchObject({ rows: 3, dropped: { low_agreement: 1 } })
})

test('filters: accepted only, dates, versions of the guideline', async () => {
  const params = { id: compared }
  // As a preview: an export without rows is none.
  const counts = async (options: object) =>
    (await team.client.previewExport({ params, body: { format: 'trl-preference', options } })).rows
  expect(await counts({ acceptedOnly: true })).toBe(0)
  expect(await counts({ until: '2020-01-01T00:00:00Z' })).toBe(0)
  expect(await counts({ from: '2020-01-01T00:00:00Z' })).toBe(2)
  expect(await counts({ guidelineVersions: [2] })).toBe(0)
  expect(await counts({ guidelineVersions: [1] })).toBe(2)
  for await (const line of await team.client.getResults({ params: { id: compared } })) {
    if (line.task.externalId !== 'clear') continue
    const [first] = line.judgments
    if (first) await team.client.acceptJudgment({ params: { id: first.id } })
  }
  expect(await counts({ acceptedOnly: true })).toBe(1)
})

test('by expertise: whose judgments count, and how each level voted', async () => {
  const payload = (externalId: string): TaskPayload => ({
    externalId,
    context: [textMessage('user', `Is ${externalId} right?`)],
    candidates: ['a', 'b'].map((id) => ({ id, messages: [textMessage('assistant', `Answer ${id}`)] })),
  })
  const form = {
    blocks: [{ type: 'context' }, { type: 'candidates' }],
    questions: [{ ...asked, id: 'better', type: 'preference', ties: [] }],
  }
  const project = await projectWith(team, form as unknown as Form, [payload('x')], 3)
  const stated = [
    [{ domain: 'general', level: 'generalist', evidence: '' }],
    [
      { domain: 'general', level: 'generalist', evidence: '' },
      { domain: 'law', level: 'domain_expert', evidence: 'Bar' },
    ],
    [],
  ] as const
  for (const [index, expertise] of stated.entries()) {
    const outcome = index === 1 ? 'b' : 'a'
    const person = await server.newTrainer({ expertise: [...expertise] })
    await judgeAll(person, project, () => ({ better: { outcome, strength: index === 1 ? 2 : -2 } }))
  }
  const rowsOf = async (options: object) => {
    const { rows } = await exportOf(server, team, project, {
      format: 'trl-preference',
      options: { disagreement: true, ...options },
    })
    return rows()
  }
  const text = (value: unknown) => JSON.stringify(value)
  const [all] = await rowsOf({})
  expect(text(all?.chosen)).toContain('Answer a')
  expect(all).toMatchObject({
    group_levels: ['domain_expert', 'generalist', 'not_stated'],
    group_answers: ['rejected', 'chosen', 'chosen'],
    group_counts: [1, 1, 1],
  })
  const [experts] = await rowsOf({ levels: ['domain_expert'] })
  expect(text(experts?.chosen)).toContain('Answer b')
  expect(experts).toMatchObject({
    vote_answers: ['chosen'],
    vote_counts: [1],
    group_levels: ['domain_expert'],
  })
  expect(text((await rowsOf({ domains: ['law'] }))[0]?.chosen)).toContain('Answer b')
  // The lawyer is a generalist in general, and nobody is an expert there.
  const general = { domains: ['general'], rule: 'every_judgment' }
  expect(await rowsOf({ ...general, levels: ['generalist'] })).toHaveLength(2)
  for (const none of [{ domains: ['general'], levels: ['domain_expert'] }, { domains: ['medicine'] }])
    await expect(rowsOf(none)).rejects.toThrow('Left out: 1 too_few_judgments.')
  const preview = await team.client.previewExport({
    params: { id: project },
    body: { format: 'trl-preference', options: { levels: ['stem_professional'] } },
  })
  expect(preview).toMatchObject({ rows: 0, dropped: { too_few_judgments: 1 } })
})

test('provenance: a chain of hashes over the rows, signed with the key of the instance', async () => {
  const { rows, text } = await exportOf(server, team, compared, {
    format: 'trl-preference',
    options: { provenance: true, disagreement: true },
  })
  let previous = '0'.repeat(64)
  for (const row of await rows()) {
    const { row_hash, ...rest } = row
    expect(rest.previous_hash).toBe(previous)
    previous = rowHash(row, previous)
    expect(row_hash).toBe(previous)
    expect(rest.judgment_ids).toHaveLength(2)
  }
  const { payload, signature, publicKey } = JSON.parse(await text('signature.json'))
  expect(payload.chains.train.head).toBe(previous)
  expect(await team.client.getExportKey()).toMatchObject({ algorithm: 'Ed25519', publicKey })
  expect(verify(null, Buffer.from(canonicalJson(payload)), publicKey, Buffer.from(signature, 'base64'))).toBe(
    true,
  )
  expect((await rows())[0]).toMatchObject({
    vote_answers: ['chosen'],
    vote_counts: [2],
    rationales: ['Because it is.', 'Because it is.'],
  })
})

test('a format of an exact shape keeps it; what is said beside a row stands in a file of its own', async () => {
  const { rows } = await exportOf(server, team, compared, {
    format: 'openai-dpo',
    options: { provenance: true },
  })
  for (const row of await rows())
    expect(Object.keys(row)).toEqual(['input', 'preferred_output', 'non_preferred_output'])
  const beside = await rows('provenance.jsonl')
  expect(beside.map(({ split, row }) => [split, row])).toEqual([
    ['train', 1],
    ['train', 2],
  ])
})

test('an axis of a preference decides when it is named', async () => {
  const id = await judged(
    form({
      ...asked,
      id: 'preference',
      type: 'preference',
      ties: ['tie'],
      axes: [{ id: 'accuracy', label: 'Accuracy' }],
    }),
    [task('one', ['Right', 'Wrong'])],
    [
      () => ({
        preference: { outcome: 'a', strength: -1, axes: { accuracy: { outcome: 'b', strength: 3 } } },
      }),
    ],
  )
  const chosen = async (question: string | null) => {
    const { rows } = await exportOf(server, team, id, { format: 'trl-preference', options: { question } })
    return (await rows()).map((row) => (row.chosen as { content: string }[])[0]?.content)
  }
  expect(await chosen(null)).toEqual(['Right'])
  expect(await chosen('preference.accuracy')).toEqual(['Wrong'])
})

test('a ranking of four with one tie gives five pairs, three neighbours or fewer on request', async () => {
  const ranks = [1, 2, 2, 3].map((rank, index) => ({ candidate: 'abcd'[index], rank }))
  const id = await judged(
    form({ ...asked, id: 'ranking', type: 'ranking', ties: true, partial: false }),
    [task('one', ['Best', 'Good', 'Also good', 'Worst'])],
    [() => ({ ranking: { ranks } }), () => ({ ranking: { ranks } })],
  )
  const count = async (rankingPairs: 'all' | 'adjacent' | 'best_worst') =>
    (await exportOf(server, team, id, { format: 'trl-preference', options: { rankingPairs } })).job.rows
  expect(await count('all')).toBe(5)
  expect(await count('adjacent')).toBe(4)
  expect(await count('best_worst')).toBe(1)
  const votes = await exportOf(server, team, id, { format: 'helpsteer3' })
  expect(votes.job).toMatchObject({ rows: 5, dropped: { equal_rank: 1 } })
  const neighbours = await exportOf(server, team, id, {
    format: 'trl-preference',
    options: { rankingPairs: 'adjacent', ties: 'both_ways' },
  })
  expect(neighbours.job).toMatchObject({ rows: 4, dropped: { equal_rank: 1 } })
  const { policies, rows } = JSON.parse(await neighbours.text('manifest.json'))
  expect(rows.droppedUnits).toEqual({ equal_rank: 'pairs' })
  expect(policies).toMatchObject({
    question: 'ranking',
    decision: 'order by Borda count, in which ties stay ties; of judgments that were in time',
    ties: 'responses of equal rank make no pair; such pairs are counted (equal_rank)',
  })
  expect(await neighbours.text('README.md')).toContain('| `equal_rank` | 1 pair |')
})

test('ratings: the better mean is chosen, and good from a threshold on', async () => {
  const points = [1, 2, 3, 4, 5].map((value) => ({ value }))
  const scale = { ...asked, type: 'scale', each: 'candidate', points, notApplicable: true }
  const id = await judged(
    form({ ...scale, id: 'help' }, { ...scale, id: 'truth' }),
    [task('one', ['First', 'Second'])],
    [
      () => ({ help: { a: 2, b: 5 }, truth: { a: 'na', b: 4 } }),
      () => ({ help: { a: 3, b: 4 }, truth: { a: 3, b: 4 } }),
    ],
  )
  const preference = await exportOf(server, team, id, { format: 'trl-preference' })
  expect((await preference.rows())[0]).toMatchObject({ chosen: [{ content: 'Second' }] })
  const kto = await exportOf(server, team, id, { format: 'trl-unpaired', options: { goodFrom: 4 } })
  expect((await kto.rows()).map(({ label }) => label)).toEqual([false, true])
})

test('a choice is a thumb where the export says which options mean good', async () => {
  const options = ['yes', 'no'].map((value) => ({ value, label: value }))
  const id = await judged(
    form({ ...asked, id: 'usable', type: 'choice', each: 'candidate', options }),
    [task('one', ['First', 'Second'])],
    [() => ({ usable: { a: 'yes', b: 'no' } })],
  )
  const { rows } = await exportOf(server, team, id, {
    format: 'trl-unpaired',
    options: { goodOptions: ['yes'] },
  })
  expect((await rows()).map(({ label }) => label)).toEqual([true, false])
})

test('a rewrite is a demonstration, and chosen over what it corrects', async () => {
  const id = await judged(
    form({
      ...asked,
      id: 'better',
      type: 'rewrite',
      allowUnchanged: true,
      minWords: 0,
      maxCharacters: 1_000,
    }),
    [task('one', ['Wrong answer'])],
    [() => ({ better: { candidate: 'a', original: 'Wrong answer', text: 'Right answer 👩‍🚀' } })],
  )
  const sft = await exportOf(server, team, id, { format: 'trl-sft' })
  expect(await sft.rows()).toEqual([
    {
      messages: [
        { role: 'user', content: 'Question one 😀' },
        { role: 'assistant', content: 'Right answer 👩‍🚀' },
      ],
    },
  ])
  const dpo = await exportOf(server, team, id, { format: 'trl-preference' })
  expect((await dpo.rows())[0]).toMatchObject({
    chosen: [{ content: 'Right answer 👩‍🚀' }],
    rejected: [{ content: 'Wrong answer' }],
  })
  const options = { rewriteAsChosen: false }
  await expect(exportOf(server, team, id, { format: 'trl-preference', options })).rejects.toThrow(
    '1 form_cannot_feed',
  )
})

test('a written conversation is a demonstration, and its beginning a prompt', async () => {
  const id = await judged(
    {
      blocks: [{ type: 'context' }],
      questions: [{ ...asked, id: 'talk', type: 'turns', first: 'user', min: 2, max: 10, minWords: 0 }],
    } as Form,
    [{ externalId: 'one', context: [], candidates: [], metadata: { topic: 'rivers' } }],
    [
      () => ({
        talk: {
          messages: [
            { role: 'user', text: 'How long is the Nile?' },
            { role: 'assistant', text: 'About 6,650 km.' },
          ],
        },
      }),
    ],
  )
  const sft = await exportOf(server, team, id, { format: 'openai-sft' })
  expect((await sft.rows())[0]).toEqual({
    messages: [
      { role: 'user', content: 'How long is the Nile?' },
      { role: 'assistant', content: 'About 6,650 km.' },
    ],
  })
  const prompts = await exportOf(server, team, id, { format: 'trl-prompt-only' })
  expect(await prompts.rows()).toEqual([{ prompt: [{ role: 'user', content: 'How long is the Nile?' }] }])
})

test('steps: the majority labels each, and what follows a first error is left away', async () => {
  const texts = ['Two and two.', 'That is five.', 'So ten.']
  const said = (labels: (number | null)[]) => () => ({
    steps: { candidate: 'a', steps: texts.map((text, index) => ({ text, label: labels[index] ?? null })) },
  })
  const id = await judged(
    form({
      ...asked,
      id: 'steps',
      type: 'steps',
      mode: 'first_error',
      each: 'task',
      split: 'paragraphs',
      neutral: true,
      better: 'none',
    }),
    [task('one', [texts.join('\n\n')])],
    [said([1, -1]), said([1, -1])],
  )
  const { rows } = await exportOf(server, team, id, { format: 'trl-stepwise' })
  expect(await rows()).toEqual([
    { prompt: 'Question one 😀', completions: texts.slice(0, 2), labels: [true, false] },
  ])
})

test('raw holds answers as they were given, with the versions that they were given under', async () => {
  const { rows } = await exportOf(server, team, compared, { format: 'raw', options: { provenance: true } })
  const clear = (await rows()).find((row) => (row.task as TaskPayload).externalId === 'clear')
  expect(clear?.judgments).toMatchObject([
    { answer: vote('a', -3), formVersion: 1, guidelineVersion: 1 },
    { answer: vote('a', -2), formVersion: 1, guidelineVersion: 1 },
  ])
  expect(clear?.consensus).toMatchObject({ preference: { value: 'a', distribution: { a: 1 } } })
})

test('a preview says what an export would hold, and which formats the form can feed', async () => {
  const params = { id: compared }
  const preview = await team.client.previewExport({ params, body: { format: 'trl-preference' } })
  expect(preview).toMatchObject({ rows: 2, estimate: false, tasks: { seen: 3, all: 3 }, dropped: { tie: 1 } })
  expect(preview.sample[0]).toMatchObject({ chosen: [{ role: 'assistant' }] })
  const { items } = await team.client.listExportTargets({ params })
  const able = items.filter(({ feeds }) => feeds).map(({ format }) => format)
  expect(able).toEqual(
    expect.arrayContaining(['trl-preference', 'openai-dpo', 'helpsteer3', 'raw', 'trl-unpaired']),
  )
  expect(able).not.toContain('trl-stepwise')
  expect(items.find(({ format }) => format === 'coco')?.containers).toEqual(['json'])
  await expect(
    team.client.createExport({ params, body: { format: 'coco', as: 'parquet' } }),
  ).rejects.toMatchObject({ status: 400 })
})
