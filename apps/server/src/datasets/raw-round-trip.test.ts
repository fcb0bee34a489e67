import type { Answer, Form, TaskPayload } from '@groundwork/contract'
import { textMessage } from '@groundwork/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportOf, judgeAll, projectWith } from '../../../../tests/support/judged-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})
afterAll(() => server.close())

const asked = { label: 'Asked', required: true }
const blocks: Form['blocks'] = [{ type: 'context' }, { type: 'candidates', layout: 'side_by_side' }]
const task = (...texts: string[]): TaskPayload => ({
  externalId: 'one',
  context: [textMessage('user', 'Why?')],
  candidates: texts.map((text, index) => ({
    id: 'abc'.charAt(index),
    messages: [textMessage('assistant', text)],
  })),
})
const points = [1, 2, 3, 4, 5].map((value) => ({ value }))
const option = (value: string) => ({ value, label: value })
const reason = { ...asked, id: 'why', type: 'text', minWords: 0, maxCharacters: 500, each: 'task' }
const span = { target: 'a:0', part: 0, start: 0, end: 5, quote: 'First', category: 'wrong' }

/** Each kind of answer, what it is read back as, and what two people who say it alike make known. */
const kinds: [string, object[], TaskPayload, Answer, object[], Answer | null][] = [
  [
    'rankings',
    [{ ...asked, id: 'order', type: 'ranking', ties: true, partial: false }],
    task('First', 'Second', 'Third'),
    { order: { ranks: ['b', 'a', 'c'].map((candidate, n) => ({ candidate, rank: n + 1 })) } },
    [{ type: 'ranking', ranks: ['b', 'a', 'c'].map((candidate, n) => ({ candidate, rank: n + 1 })) }],
    { order: { ranks: ['b', 'a', 'c'].map((candidate, n) => ({ candidate, rank: n + 1 })) } },
  ],
  [
    'ratings and options',
    [
      { ...asked, id: 'help', type: 'scale', each: 'candidate', points, notApplicable: true },
      { ...asked, id: 'style', type: 'scale', each: 'candidate', points },
      { ...asked, id: 'topic', type: 'choice', each: 'task', options: [option('law'), option('art')] },
    ],
    task('First', 'Second'),
    { help: { a: 2, b: 'na' }, style: { a: 3, b: 4 }, topic: 'law' },
    [
      { type: 'rubric', candidate: 'a', scores: { help: 2, style: 3 } },
      { type: 'rubric', candidate: 'b', scores: { help: null, style: 4 } },
      { type: 'classification', labels: ['law'] },
    ],
    { help: { a: 2 }, style: { a: 3, b: 4 }, topic: 'law' },
  ],
  [
    'steps',
    [{ ...asked, id: 'steps', type: 'steps', split: 'lines' }],
    task('One.\nTwo.'),
    {
      steps: {
        candidate: 'a',
        steps: [
          { text: 'One.', label: 1 },
          { text: 'Two.', label: -1 },
        ],
      },
    },
    [
      {
        type: 'steps',
        candidate: 'a',
        steps: [
          { text: 'One.', label: 1 },
          { text: 'Two.', label: -1 },
        ],
      },
    ],
    {
      steps: {
        candidate: 'a',
        steps: [
          { text: 'One.', label: 1 },
          { text: 'Two.', label: -1 },
        ],
      },
    },
  ],
  [
    'marked passages',
    [{ ...asked, id: 'errors', type: 'spans', categories: [option('wrong')] }],
    task('First', 'Second'),
    { errors: { spans: [span] } },
    [
      {
        type: 'spans',
        target: 'a',
        spans: [{ start: 0, end: 5, quote: 'First', labels: ['wrong'] }],
      },
    ],
    null,
  ],
  [
    'rewrites',
    [{ ...asked, id: 'better', type: 'rewrite' }],
    task('First'),
    { better: { candidate: 'a', original: 'First', text: 'Better' } },
    [{ type: 'text', text: 'Better' }],
    null,
  ],
]

test.each(kinds)('raw: %s are read back as what they say', async (_, questions, of, answer, said, known) => {
  const form = { blocks, questions: [...questions, { ...reason, required: false }] } as unknown as Form
  const project = await projectWith(team, form, [of])
  for (const why of ['Because.', 'Therefore.'])
    await judgeAll(await server.newTrainer(), project, () => ({ ...answer, why }))
  const { text } = await exportOf(server, team, project, { format: 'raw' })
  const body = await text('train.jsonl')

  const into = async (annotations: 'reference' | 'gold') => {
    const { id } = await team.client.createProject({
      body: { template: 'compare-responses', name: 'Again', organizationId: team.organizationId, form },
    })
    const params = { id }
    const imported = await team.client.importTasks({ params, query: { format: 'auto', annotations }, body })
    expect(imported).toMatchObject({ created: 1, rejectedCount: 0 })
    const { tasks } = await team.client.listTasks({ params })
    return { id, taskId: tasks[0]?.id ?? '' }
  }
  const again = await into('reference')
  const { items } = await team.client.listReferences({ params: { id: again.id, taskId: again.taskId } })
  expect(items.slice(0, items.length / 2).map(({ verdict }) => verdict)).toEqual(
    said[0] && 'text' in said[0] ? [...said, { type: 'text', text: 'Because.' }] : said,
  )
  const gold = await exportOf(server, team, (await into('gold')).id, { format: 'raw' })
  expect((await gold.rows())[0]?.known ?? null).toEqual(known)

  // And out again: what came with a task is part of what is known about it.
  const { rows } = await exportOf(server, team, again.id, { format: 'raw' })
  const [line] = await rows()
  expect(line?.annotations).toHaveLength(items.length)
  expect(line?.annotations).toMatchObject(items.map(({ verdict }) => ({ verdict })))
})
