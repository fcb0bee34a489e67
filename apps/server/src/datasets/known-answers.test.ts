import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Form } from '@groundwork/contract'
import { templates } from '@groundwork/templates'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zipOf } from '../../../../tests/support/images.ts'
import { exportOf } from '../../../../tests/support/judged-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})
afterAll(() => server.close())

async function newProject(template: string, form?: Form) {
  const { id } = await team.client.createProject({
    body: {
      template,
      name: 'Known answers',
      organizationId: team.organizationId,
      overlap: 1,
      ...(form && { form }),
    },
  })
  return { params: { id } }
}

async function knownOf(project: { params: { id: string } }) {
  const { tasks } = await team.client.listTasks({ ...project, query: { limit: 100 } })
  const found = tasks.map(async ({ id, externalId }) => {
    const task = await team.client.getTask({ params: { ...project.params, taskId: id } })
    return [externalId, task.known] as const
  })
  return new Map(await Promise.all(found))
}

const filesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

test.each([...templates.keys()])('%s: its tasks come in with their answers as known ones', async (name) => {
  const template = templates.get(name)
  if (!template) throw new Error('no such template')
  const { folder, tasks } = template
  const project = await newProject(name)
  const zip = zipOf({
    'tasks.jsonl': readFileSync(join(folder, 'tasks.jsonl')),
    ...Object.fromEntries(
      filesIn(join(folder, 'media')).map((file) => [
        `media/${file}`,
        readFileSync(join(folder, 'media', file)),
      ]),
    ),
  })
  const imported = await team.client.importTasks({
    ...project,
    query: { format: 'auto' },
    body: new Uint8Array(zip),
  })
  expect(imported).toMatchObject({ format: 'raw', created: tasks.length, rejected: [] })
  const known = await knownOf(project)
  for (const { task, answer } of tasks) expect(known.get(task.externalId ?? '')).toEqual(answer)
})

const rated: Form = {
  blocks: [{ type: 'context' }, { type: 'candidates', layout: 'side_by_side' }],
  questions: [
    { id: 'better', type: 'preference', label: 'Which is better?', required: true, ties: ['tie'] },
    {
      id: 'tone',
      type: 'choice',
      label: 'Tone',
      required: true,
      each: 'candidate',
      options: [
        { value: 'kind', label: 'Kind' },
        { value: 'rude', label: 'Rude' },
      ],
    },
    {
      id: 'why',
      type: 'choice',
      label: 'Why?',
      required: true,
      each: 'task',
      options: [
        { value: 'facts', label: 'Facts' },
        { value: 'style', label: 'Style' },
      ],
      showIf: { match: 'all', tests: [{ question: 'better', op: 'is', value: 'a' }] },
    },
  ],
} as Form

const line = (externalId: string, more: object) => {
  const message = (role: string, text: string) => ({ role, parts: [{ type: 'text', text }] })
  const task = {
    externalId,
    context: [message('user', 'Which is it?')],
    candidates: ['a', 'b'].map((id) => ({ id, messages: [message('assistant', `Answer ${id}.`)] })),
  }
  return JSON.stringify({ task, ...more })
}

test('only the questions that are answered are checked; what does not fit is a bad row that says why', async () => {
  const project = await newProject('compare-responses', rated)
  const good: [object, object | null][] = [
    [{ known: { better: 'a' } }, { better: 'a' }],
    [{ known: { better: { outcome: 'b', strength: 2 } } }, { better: { outcome: 'b', strength: 2 } }],
    [
      { gold: 'b', known: { tone: { a: 'kind' } } },
      { better: 'b', tone: { a: 'kind' } },
    ],
    [{ known: { why: 'facts' } }, { why: 'facts' }],
    [{ known: null }, null],
    [{}, null],
  ]
  const bad: [object, RegExp][] = [
    [{ known: { tone: { a: 'loud' } } }, /does not fit, "answer\.tone\.a"/],
    [{ known: { tone: { c: 'kind' } } }, /"answer\.tone\.c": The task has no such response/],
    [{ known: { best: 'a' } }, /has "best", and the form asks no such question; it asks better, tone, why/],
    [{ known: { better: 'c' } }, /"better" is "c"; use one of a, b, tie/],
    [{ known: { better: { outcome: 'a', strength: 3 } } }, /strength.*needs a strength of -3 to -1/],
    [{ known: { better: { outcome: 'b', strength: 1 }, why: 'facts' } }, /"Why\?" is not asked here/],
    [{ known: {} }, /is empty/],
    [{ known: { better: null } }, /is empty/],
    [{ known: 'a' }, /"known" is text; a known answer has a value by question id/],
    [{ answer: ['a'] }, /"answer" is a list/],
  ]
  const rows = [...good, ...bad].map(([more], index) => line(`t${index}`, more))
  const imported = await team.client.importTasks({
    ...project,
    query: { format: 'raw' },
    body: rows.join('\n'),
  })
  expect(imported).toMatchObject({ created: good.length, rejectedCount: bad.length })
  for (const [index, [, why]] of bad.entries()) {
    const row = imported.rejected[index]
    expect(row?.line).toBe(good.length + index + 1)
    expect(row?.message).toMatch(why)
  }
  const known = await knownOf(project)
  for (const [index, [, right]] of good.entries()) expect(known.get(`t${index}`)).toEqual(right)
})

test('known answers are left out with everything else that the file says', async () => {
  const project = await newProject('compare-responses', rated)
  const body = [line('t1', { known: { better: 'a' } }), line('t2', { known: { best: 'a' } })].join('\n')
  for (const annotations of ['ignore', 'reference'] as const) {
    const query = { format: 'raw', annotations } as const
    expect((await team.client.importTasks({ ...project, query, body })).rejectedCount).toBe(0)
  }
  expect([...(await knownOf(project)).values()]).toEqual([null, null])
})

test('what was known goes out with the raw export and comes in again', async () => {
  const project = await newProject('compare-responses', rated)
  const known = { better: 'b', tone: { b: 'rude' } }
  const query = { format: 'raw' } as const
  await team.client.importTasks({ ...project, query, body: line('t1', { known }) })
  const { convert } = await import('@groundwork/formats')
  async function* source() {
    yield Buffer.from(line('t1', { known }))
  }
  const { blocks } = convert(source(), { from: 'raw', to: 'raw' })
  const body = (await Array.fromAsync(blocks)).map(({ text }) => text).join('')
  const other = await newProject('compare-responses', rated)
  expect(await team.client.importTasks({ ...other, query, body })).toMatchObject({ created: 1 })
  expect([...(await knownOf(other)).values()]).toEqual([known])
  const lossy = convert(source(), { from: 'raw', to: 'trl-prompt-only' })
  await Array.fromAsync(lossy.blocks)
  expect(lossy.report.notes).toMatchObject({ known_answer_left_out: 1 })
})

test('OpenAI RFT: what is known to be right is the reference, with the responses that it speaks of', async () => {
  const project = await newProject('compare-responses', rated)
  const rows = [
    line('one', { known: { better: 'b' } }),
    line('two', { known: { better: 'b', tone: { b: 'rude' } } }),
    line('three', {}),
  ]
  await team.client.importTasks({ ...project, query: { format: 'raw' }, body: rows.join('\n') })
  const made = await exportOf(server, team, project.params.id, { format: 'openai-rft' })
  expect(made.job).toMatchObject({ rows: 2, dropped: { too_few_judgments: 1 } })
  expect(await made.rows()).toMatchObject([
    { reference_answer: 'b', candidates: { a: expect.any(String), b: expect.any(String) } },
    { reference_answer: { better: 'b', tone: { b: 'rude' } } },
  ])
})
