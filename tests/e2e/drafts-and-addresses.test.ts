import pg from 'pg'
import { expect, test } from 'vitest'
import { PAIR_MAP, pairLines } from '../support/live-project.ts'
import { lookAt, TWO_LOOKS } from './support/look.ts'
import { launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'

const site = useSite()
const NO_ID = 'no-id-at-all'
/** What the browser says of a call for something that is not there. */
const REFUSED = /status of 40[04]|ApiError: (There is no such|id: )/
const UNKNOWN = '01900000-0000-7000-8000-000000000000'

async function draftOf(team: Awaited<ReturnType<typeof site.server.newTeam>>, name: string, tasks = 3) {
  const { id } = await team.client.createProject({
    body: { template: 'compare-responses', name, organizationId: team.organizationId },
  })
  if (tasks > 0) {
    await team.client.importTasks({
      params: { id },
      query: { format: 'pairs', map: PAIR_MAP },
      body: pairLines(tasks),
    })
  }
  return id
}

test('rows that the form cannot judge are shown before anything is stored', async () => {
  const team = await site.server.newTeam()
  const id = await draftOf(team, 'Some do not fit', 0)
  const said = (role: string, text: string) => ({ role, parts: [{ type: 'text', text }] })
  const row = (n: number, ...ids: string[]) =>
    JSON.stringify({
      externalId: `r${n}`,
      context: [said('user', `Question ${n}?`)],
      candidates: ids.map((each) => ({ id: each, messages: [said('assistant', `Answer ${each} to ${n}.`)] })),
    })
  const rows = (broken: (n: number) => boolean) =>
    Array.from({ length: 12 }, (_, n) => (broken(n) ? row(n, 'a') : row(n, 'a', 'b'))).join('\n')
  const file = (text: string) => ({ name: 'rows.jsonl', mimeType: 'text/plain', buffer: Buffer.from(text) })
  const { page } = await site.visit(team, `/projects/new?project=${id}&step=data`)
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(file(rows((n) => n === 6)))
  await page.getByText('1 of the first 12 rows cannot be judged with this form').waitFor()
  await page.getByText('compares two responses; the row has 1.').waitFor()
  await lookAt(page, 'import-misfits')
  // A file of which nothing fits is not imported at all.
  await page.getByRole('button', { name: 'Another file' }).click()
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(file(rows(() => true)))
  await page.getByText('None of the first 12 rows can be judged with this form.').waitFor()
  expect(await page.getByRole('button', { name: 'Import rows.jsonl' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Another file' }).click()
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(file(rows((n) => n === 6)))
  await page.getByRole('button', { name: 'Import rows.jsonl' }).click()
  await page.getByText('11 tasks are in.').first().waitFor()
  await page.getByText('1 row was left out').waitFor()
})

test('tasks of a draft are selected and deleted, and so is the draft, by its name', async () => {
  const team = await site.server.newTeam()
  const id = await draftOf(team, 'Given up', 5)
  await team.client.fundProject({ params: { id }, body: { amount: { amount: '20.00', currency: 'USD' } } })
  const { page } = await site.visit(team, `/projects/${id}/tasks`)
  await page.getByRole('checkbox', { name: 'Select t2' }).check()
  await page.getByRole('checkbox', { name: 'Select t4' }).check()
  await page.getByText('2 tasks selected').waitFor()
  await lookAt(page, 'draft-tasks')
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete tasks' }).click()
  await page.getByText('3 tasks', { exact: true }).waitFor()
  expect(await page.getByRole('link', { name: 't2' }).count()).toBe(0)

  await page.getByRole('button', { name: 'More acts' }).click()
  await page.getByRole('menuitem', { name: 'Delete draft' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('3 tasks are deleted with it.').waitFor()
  await dialog.getByText('$20.00 goes back to its source.').waitFor()
  const act = dialog.getByRole('button', { name: 'Delete draft' })
  expect(await act.isDisabled()).toBe(true)
  await dialog.getByRole('textbox').fill('Given up')
  await lookAt(page, 'delete-draft', [], TWO_LOOKS)
  await act.click()
  await page.waitForURL('**/projects')
  await page.getByText('“Given up” is deleted.').waitFor()
  await page.getByText('No projects yet').waitFor()
})

test('a large project shows how far its launch is', async () => {
  const team = await site.server.newTeam()
  const { id } = await launchPairs(team, plainPairs(2))
  const owner = new pg.Client({ connectionString: site.server.ownerUrl })
  await owner.connect()
  try {
    // As a launch of 200,000 tasks leaves it; held, so that it stands still.
    await owner.query('begin')
    await owner.query(
      `insert into slot_work (project_id, organization_id, kind, total, done, after_seq, started_at)
       values ($1, $2, 'opening', 200000, 45000, 0, now() - interval '9 seconds')`,
      [id, team.organizationId],
    )
    await owner.query('commit')
    await owner.query('begin')
    await owner.query('select from slot_work for update')
    const { page } = await site.visit(team, `/projects/${id}/overview`)
    await page.getByText('Opening the tasks: 45,000 of 200,000').waitFor()
    await page.getByRole('progressbar', { name: 'Opening the tasks' }).waitFor()
    await lookAt(page, 'large-launch')
    await owner.query('rollback')
    // The server goes on, and the page notices.
    await page.getByText('Opening the tasks: 45,000 of 200,000').waitFor({ state: 'detached' })
    expect((await team.client.getProject({ params: { id } })).progress.slots.open).toBeGreaterThan(0)
  } finally {
    await owner.end()
  }
})

test('an address with an id that is none, or that nothing has, says so and leads on', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const own = await draftOf(team, 'Here', 1)
  const { page, watch } = await site.visit(team, '/projects')
  watch.expect(REFUSED)
  const pages = [
    ...[NO_ID, UNKNOWN].flatMap((id) => [
      { path: `/projects/${id}`, says: 'There is no such project', on: 'All projects' },
      { path: `/projects/${id}/tasks`, says: 'There is no such project', on: 'All projects' },
      { path: `/projects/${id}/form`, says: 'There is no such project', on: 'All projects' },
      { path: `/projects/new?project=${id}`, says: 'There is no such project', on: 'All projects' },
      { path: `/templates/${id}`, says: 'There is no such template', on: 'All templates' },
    ]),
    { path: '/nowhere', says: 'There is nothing at this address', on: 'Back to the start page' },
  ]
  for (const { path, says, on } of pages) {
    await page.goto(path)
    await page.getByRole('heading', { name: says, level: 1 }).waitFor()
    await page.getByRole('link', { name: on }).first().waitFor()
    expect(await page.title(), path).toContain(says)
    expect(await page.getByText('Invalid UUID').count(), path).toBe(0)
  }
  for (const id of [NO_ID, UNKNOWN]) {
    await page.goto(`/projects/${own}/tasks?task=${id}`)
    await page.getByRole('dialog').getByText('There is no such task').waitFor()
    await page.getByRole('button', { name: 'All tasks' }).click()
    await page.getByRole('link', { name: 't1' }).waitFor()
  }
  await page.goto(`/projects/${NO_ID}`)
  await page.getByRole('heading', { name: 'There is no such project' }).waitFor()
  await lookAt(page, 'no-such-project')

  const work = await site.visit(trainer, '/home')
  work.watch.expect(REFUSED)
  for (const id of [NO_ID, UNKNOWN]) {
    await work.page.goto(`/judge/${id}`)
    await work.page.getByText('There is no such project').waitFor()
    await work.page.goto(`/judge/${own}/correct/${id}`)
    await work.page.getByText('There is no such answer').waitFor()
  }
  await work.page.goto(`/judge/${NO_ID}`)
  await work.page.getByText('There is no such project').waitFor()
  await lookAt(work.page, 'no-such-work', [], TWO_LOOKS)
  await work.page.getByRole('link', { name: 'Back to work' }).click()
  await work.page.waitForURL('**/home')
})
