import { form as formSchema } from '@groundwork/contract'
import { templates } from '@groundwork/templates'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam('owner')
})
afterAll(() => server.close())

const form = formSchema.parse({
  blocks: [{ type: 'context' }, { type: 'candidates' }],
  questions: [
    {
      id: 'tone',
      type: 'choice',
      label: 'Which tone?',
      options: [
        { value: 'warm', label: 'Warm' },
        { value: 'cold', label: 'Cold' },
      ],
    },
  ],
})

test('the templates of Groundwork come first, and each has tasks to try it with', async () => {
  const { items } = await team.client.listTemplates()
  expect(items.map((each) => each.id)).toEqual([...templates.keys()])
  for (const template of items) {
    const samples = await team.client.listSampleTasks({ params: { id: template.id } })
    expect(samples.items).toHaveLength(template.samples)
  }
})

test('a form is saved as a template of the team, starts projects, is changed and deleted', async () => {
  const saved = await team.client.createTemplate({
    body: { name: 'Tone', form, guideline: '# Tone', group: 'label', estimateSeconds: 20 },
  })
  expect(saved).toMatchObject({ name: 'Tone', organizationId: team.organizationId, form, samples: 0 })
  const project = await team.client.createProject({ body: { template: saved.id, name: 'From ours' } })
  expect(project).toMatchObject({ template: saved.id, form, guideline: { markdown: '# Tone' } })

  const params = { id: saved.id }
  const changed = await team.client.updateTemplate({ params, body: { name: 'Tone of voice', form } })
  expect(changed.name).toBe('Tone of voice')
  expect((await team.client.listTemplates()).items.at(-1)?.name).toBe('Tone of voice')
  await team.client.deleteTemplate({ params })
  await expect(team.client.deleteTemplate({ params })).rejects.toMatchObject({ code: 'not_found' })
  expect((await team.client.getProject({ params: { id: project.id } })).form).toEqual(form)
})

test('a template of another team starts nothing, and viewers save none', async () => {
  const saved = await team.client.createTemplate({ body: { name: 'Ours', form } })
  const other = await server.newTeam('owner')
  await expect(
    other.client.createProject({ body: { template: saved.id, name: 'Theirs' } }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  const viewer = await server.addToTeam(team.organizationId, 'viewer')
  await expect(
    viewer.client.createTemplate({ body: { organizationId: team.organizationId, name: 'V', form } }),
  ).rejects.toMatchObject({ code: 'wrong_role' })
})

test('a form that cannot work is refused at its field', async () => {
  const twice = { ...form, questions: [...form.questions, ...form.questions] }
  await expect(team.client.createTemplate({ body: { name: 'T', form: twice } })).rejects.toMatchObject({
    code: 'invalid_input',
    details: { issues: [{ path: 'form.questions.1.id', message: 'The id "tone" is used twice.' }] },
  })
})

test('the JSON Schema of forms is public and describes every question type', async () => {
  const answer = await fetch(`${server.url}/api/v1/form-schema.json`)
  const text = await answer.text()
  expect(answer.status).toBe(200)
  for (const type of ['preference', 'ranking', 'spans', 'boxes', 'turns'])
    expect(text).toContain(`"const":"${type}"`)
})

test('a project without pay terms takes the time that its template estimates', async () => {
  const project = await team.client.createProject({ body: { template: 'write-prompt', name: 'Prompts' } })
  expect(project.pay).toMatchObject({
    currency: 'USD',
    hourly: '30.00',
    estimateSeconds: templates.get('write-prompt')?.estimateSeconds,
  })
})
