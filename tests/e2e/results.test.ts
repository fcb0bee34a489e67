import { templates } from '@groundwork/templates'
import { expect, test } from 'vitest'
import { lookAt } from './support/look.ts'
import { launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { escapeFrom } from './support/workbench.ts'

const site = useSite()
const points = [1, 2, 3, 4, 5].map((value) => ({
  value,
  label: ['Bad', 'Poor', 'Fair', 'Good', 'Excellent'][value - 1],
}))
const questions = [
  { id: 'better', type: 'preference', label: 'Which is better?', axes: [{ id: 'truth', label: 'Accuracy' }] },
  { id: 'order', type: 'ranking', label: 'Rank them' },
  { id: 'tone', type: 'scale', label: 'Tone', each: 'candidate', points, notApplicable: true },
  {
    id: 'kind',
    type: 'choice',
    label: 'Kind',
    options: ['Fact', 'Opinion'].map((label) => ({ value: label.toLowerCase(), label })),
  },
  {
    id: 'tags',
    type: 'multichoice',
    label: 'Tags',
    options: ['Heat', 'Cold'].map((label) => ({ value: label.toLowerCase(), label })),
  },
  {
    id: 'errors',
    type: 'spans',
    label: 'Errors',
    categories: [{ value: 'fact', label: 'Wrong fact' }],
    severities: [{ value: 'major', label: 'Major' }],
  },
  {
    id: 'claims',
    type: 'sources',
    label: 'Claims',
    verdicts: ['True', 'False'].map((label) => ({ value: label.toLowerCase(), label })),
  },
  { id: 'better_text', type: 'rewrite', label: 'Make it better' },
  { id: 'talk', type: 'turns', label: 'Go on' },
  { id: 'why', type: 'text', label: 'Why?' },
]
const graded = (outcome: string, strength: number) => ({ outcome, strength })

/** The answer of the person with this number: they agree on most things. */
const answerOf = (person: number, original: string) => ({
  better: { ...graded('a', -2), axes: { truth: person === 0 ? graded('tie', 0) : graded('b', 1) } },
  order: {
    ranks: [
      { candidate: 'a', rank: 1 },
      { candidate: 'b', rank: person === 0 ? 1 : 2 },
    ],
  },
  tone: { a: 4 + person, b: person === 0 ? 'na' : 2 },
  kind: person === 0 ? 'fact' : 'opinion',
  tags: person === 0 ? [] : ['heat'],
  errors: {
    spans: [
      {
        target: 'a:0',
        part: 0,
        start: 0,
        end: 3,
        quote: 'Own',
        category: 'fact',
        severity: 'major',
        comment: 'Not at all.',
      },
    ],
  },
  claims: {
    claims: [
      {
        claim: 'Water boils.',
        verdict: 'true',
        sources: [{ url: 'https://example.org/water', quote: 'It does.' }],
      },
    ],
  },
  better_text: { candidate: 'a', original, text: original.replace('water', 'pure water') },
  talk: {
    messages: [
      { role: 'user', text: 'And milk?' },
      { role: 'assistant', text: 'A *little* higher.' },
    ],
  },
  why: 'Because of the pressure.',
})

test('results and single tasks show the answers of every type of question', async () => {
  const team = await site.server.newTeam()
  const people = [await site.server.newTrainer(), await site.server.newTrainer()]
  const project = await launchPairs(team, plainPairs(1), { overlap: 2, questions })
  for (const [person, { client }] of people.entries()) {
    const { assignment } = await client.nextAssignment({ body: { projectId: project.id } })
    if (!assignment) throw new Error('There is no task.')
    const part = assignment.task.candidates.find(({ id }) => id === 'a')?.messages[0]?.parts[0]
    const original = part?.type === 'text' ? part.text : ''
    await client.submitJudgment({
      params: { id: assignment.id },
      body: { epoch: assignment.epoch, answer: answerOf(person, original), activeMs: 1_000, next: false },
    })
  }
  await expect
    .poll(async () => {
      const { tasks } = await team.client.listTasks({ params: { id: project.id }, query: {} })
      return Object.keys(tasks[0]?.consensus ?? {})
    })
    .toContain('kind')

  const { page } = await site.visit(team, `/projects/${project.id}/results`)
  const outcome = (name: string) => page.getByRole('region', { name })
  await outcome('Which is better?')
    .getByText('“A is better” is the consensus of 100 % of 1 judged task')
    .waitFor()
  await outcome('Which is better?').getByRole('heading', { name: 'Accuracy' }).waitFor()
  await outcome('Rank them').getByText('Response A stands highest, at a mean rank of 1').waitFor()
  await outcome('Tone')
    .getByRole('row', { name: /Response A.*4/ })
    .waitFor()
  await outcome('Errors')
    .getByRole('row', { name: /Wrong fact.*100.%/ })
    .waitFor()
  await outcome('Claims')
    .getByRole('row', { name: /True.*100.%/ })
    .waitFor()
  await outcome('Why?').getByText('Answers: 2, tasks: 1.').waitFor()
  await outcome('Where people differ').getByRole('link', { name: 't1' }).waitFor()
  await lookAt(page, 'results-all-types')

  await outcome('Where people differ').getByRole('link', { name: 't1' }).click()
  const sheet = page.getByRole('dialog')
  const judgments = sheet.getByRole('region', { name: '2 judgments' })
  await sheet.getByText('Tone, Response A').waitFor()
  await judgments.getByText('Response A = Response B').waitFor()
  await judgments.getByText('Does not apply').waitFor()
  await judgments.getByText('Not at all.').first().waitFor()
  await judgments.locator('ins').getByText('pure').first().waitFor()
  await judgments.locator('em').getByText('little').first().waitFor()
  // A source is named before it is opened, and nothing is fetched.
  await judgments.getByRole('button', { name: 'https://example.org/water' }).first().click()
  const link = page.getByRole('dialog').filter({ has: page.getByRole('link', { name: /Open/ }) })
  await escapeFrom(page, link.last())
  await judgments.waitFor()
  await lookAt(page, 'task-all-types')
})

test('a task shows what its source said about it, under the names of who said it, and what is known to be right', async () => {
  const team = await site.server.newTeam()
  const { id } = await team.client.createProject({
    body: {
      template: 'grade-rubric',
      name: 'From elsewhere',
      organizationId: team.organizationId,
      overlap: 1,
    },
  })
  const params = { id }
  const template = templates.get('grade-rubric')
  const [sample] = template?.tasks ?? []
  if (!template || !sample) throw new Error('The template has no tasks.')
  const [first] = sample.task.candidates
  const annotations = [
    {
      by: 'Ada',
      rationale: 'It answers what was asked.',
      verdict: { type: 'thumb', candidate: 'a', good: true },
    },
    { by: 'Ben', verdict: { type: 'rubric', candidate: 'a', scores: { helpfulness: 3.5, style: null } } },
    { verdict: { type: 'classification', labels: ['on topic'] } },
    {
      by: 'Cleo',
      verdict: {
        type: 'spans',
        target: first?.id,
        spans: [{ start: 0, end: 3, quote: 'The', labels: ['vague'] }],
      },
    },
  ]
  const { externalId: _, ...task } = sample.task
  const lines = [
    JSON.stringify({ task: { ...task, externalId: 'said' }, annotations }),
    JSON.stringify({ task: { ...task, externalId: 'known' }, known: sample.answer }),
  ]
  await team.client.importTasks({
    params,
    query: { format: 'raw', annotations: 'reference' },
    body: lines[0] ?? '',
  })
  await team.client.importTasks({ params, query: { format: 'raw' }, body: lines[1] ?? '' })

  const { page } = await site.visit(team, `/projects/${id}/tasks`)
  await page.getByRole('link', { name: 'said' }).click()
  const source = page.getByRole('dialog').getByRole('region', { name: 'From the source' })
  for (const name of ['Ada', 'Ben', 'The file as a whole', 'Cleo'])
    await source.getByRole('heading', { name, exact: true }).waitFor()
  await source.getByText('It answers what was asked.').waitFor()
  await source.getByText('on topic').waitFor()
  await source.getByText('3.5').waitFor()
  await source.locator('blockquote').getByText('The').waitFor()
  await lookAt(page, 'task-references')
  await escapeFrom(page, page.getByRole('dialog'))
  await page.getByRole('link', { name: 'known' }).click()
  await page.getByRole('dialog').getByRole('region', { name: 'Known answer' }).waitFor()
  await expect.poll(() => source.count()).toBe(0)
  await lookAt(page, 'task-known')
})
