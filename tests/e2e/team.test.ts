import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { judgeOne } from '../support/live-project.ts'
import { judgmentsOf, launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { escapeFrom } from './support/workbench.ts'

const site = useSite()

/** Records whose fields are called as in many published sets; the mapping is guessed from the names. */
const CSV = `idx,input,output_1,output_2,label
w1,"What boils at 100 °C, at sea level?",Water.,Every liquid.,1
w2,"Name a prime above 10.",Twelve.,Eleven.,2
w3,"Spell ""accommodate"".",accommodate,acomodate,1
`
const BROKEN = `${JSON.stringify({ prompt: 'Why is the sky blue?', chosen: 'Rayleigh scattering.', rejected: 'It mirrors the sea.' })}
{"prompt": "cut off
${JSON.stringify({ prompt: 'Two plus two?', chosen: 'Four.', rejected: 'Five.' })}
`
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })

test('a team sets up, funds and launches a project from a file, and takes the data out', async () => {
  const team = await site.server.newTeam()
  const trainers = await Promise.all([site.server.newTrainer(), site.server.newTrainer()])
  const { page } = await site.visit(team, '/')
  const next = (name: string) =>
    page.getByRole('button', { name }).or(page.getByRole('link', { name })).click()

  // No projects yet: the page says what to do.
  await page.getByText('No projects yet').waitFor()
  await page.getByRole('link', { name: 'New project' }).first().click()
  await next('Continue to data')
  await page.getByText('Give the project a name.').waitFor()
  await page.getByRole('textbox', { name: 'Name' }).fill('School questions')
  await page.getByLabel('Description').fill('Which answer would a teacher accept?')
  await next('Continue to data')

  // The file is recognised, its fields are mapped, and its tasks are shown as trainers will see them.
  await page.locator('input[type=file]').setInputFiles(file('school.csv', CSV))
  await page.getByText('Which field is what').waitFor()
  await expect.poll(() => page.getByLabel('Answer A').inputValue()).toBe('output_1')
  await expect.poll(() => page.getByLabel('Known answer').inputValue()).toBe('label')
  await page.locator('.resp-body').filter({ hasText: 'Every liquid.' }).waitFor()
  await next('Import school.csv')
  await page.getByText('3 tasks are in.', { exact: false }).first().waitFor()
  await next('Continue to guideline')

  const guideline = page.getByRole('textbox', { name: 'Guideline' })
  await guideline.fill('# Accept what a teacher accepts\n\nSpelling counts.')
  await page.getByRole('heading', { name: 'Accept what a teacher accepts' }).waitFor()
  await next('Continue to audience and pay')

  await page.getByLabel('Hourly rate').fill('36')
  await page.getByLabel('Time for one judgment').fill('1:00')
  await page.getByLabel('Judgments of each task').fill('2')
  await page.getByText('2 trainers match,').waitFor()
  await page.getByText('$3.60').filter({ visible: true }).first().waitFor()
  await next('Continue to funding')
  // 36 an hour, a minute each: 0.60 for each of 3 × 2 judgments.
  await next('Fund $3.60 and launch')
  await page.getByText('Launched: trainers who match see it now.').waitFor()
  await page.getByRole('heading', { name: 'School questions' }).waitFor()
  await page.getByText('Running').first().waitFor()

  const [project] = (await team.client.listProjects()).items
  const id = project?.id ?? ''
  for (const trainer of trainers) for (let count = 0; count < 3; count++) await judgeOne(trainer, id)

  // The overview, after its background work.
  await expect
    .poll(async () => (await team.client.getProject({ params: { id } })).progress.confidence)
    .not.toBe(null)
  await page.reload()
  await page.getByText('3 of 3 tasks are done with 100 % agreement').waitFor()
  await page.getByText('$3.60 of $3.60 is spent').waitFor()

  await page.getByRole('link', { name: 'Tasks', exact: true }).click()
  await page.getByText('3 tasks', { exact: true }).waitFor()
  await page.getByLabel('Search ids and content').fill('prime')
  await page.getByText('1 task', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'w2' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('2 judgments').waitFor()
  await sheet.getByText('The first one is right on the point that matters.').first().waitFor()
  await escapeFrom(page, sheet)

  await page.getByRole('link', { name: 'Results', exact: true }).click()
  await page.getByText('The consensus is right on 67 % of the 3 tasks with a known answer.').waitFor()

  await page.getByRole('link', { name: 'Exports', exact: true }).click()
  await next('Create export')
  await page.getByText('Ready').waitFor()
  const link = page.getByRole('link', { name: /train.*\.jsonl/ })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const bytes = await readFile(await download.path())
  const rows = bytes
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows).toHaveLength(3)
  expect(rows[0]).toMatchObject({ prompt: [{ role: 'user' }], chosen: [{ role: 'assistant' }] })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await page.getByTitle(sha256).first().waitFor()
})

test('rows that cannot be read are named, good rows go in, and the same file again adds nothing', async () => {
  const team = await site.server.newTeam()
  const project = await launchPairs(team, plainPairs(1))
  const { page } = await site.visit(team, `/projects/${project.id}/settings`)
  const input = page.locator('input[type=file]')
  await input.setInputFiles(file('sky.jsonl', BROKEN))
  await page.getByText('1 row at the beginning of the file cannot be read').waitFor()
  await page.getByRole('button', { name: 'Import sky.jsonl' }).click()
  await page.getByText('2 tasks are in.').waitFor()
  await page.getByText('1 row was left out').waitFor()
  await page.getByRole('button', { name: 'Import another file' }).click()
  await input.setInputFiles(file('sky.jsonl', BROKEN))
  await page.getByRole('button', { name: 'Import sky.jsonl' }).click()
  await page.getByText('2 rows were here already.').waitFor()
  expect((await team.client.listTasks({ params: { id: project.id } })).total).toBe(3)
})

test('pausing can be undone; finishing wants the name typed, and gives the free money back', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(2), { name: 'Short-lived', funds: '5.00' })
  await judgeOne(trainer, project.id)
  const { page } = await site.visit(team, `/projects/${project.id}/overview`)
  await page.getByRole('button', { name: 'Pause' }).click()
  const undo = page.locator('.toasts').getByRole('button', { name: 'Undo' })
  // Under the mouse it stays for as long as one likes.
  await undo.hover()
  await page.getByText('Paused', { exact: true }).first().waitFor()
  const work = await trainer.client.listWork()
  expect(work.projects.find((each) => each.id === project.id)?.reason).toBe('project_paused')
  await undo.click()
  await page.getByText('Running', { exact: true }).first().waitFor()

  await page.getByRole('button', { name: 'Add funds' }).click()
  await page.getByRole('dialog').getByLabel('Amount').fill('2.50')
  await page.getByRole('dialog').getByRole('button', { name: 'Add funds' }).click()
  await page.getByText('$2.50 is in escrow.').waitFor()

  await page.getByRole('button', { name: 'More acts' }).click()
  await page.getByRole('menuitem', { name: 'Finish project' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('$7.00 of free money goes back to its source.').waitFor()
  const act = dialog.getByRole('button', { name: 'Finish project' })
  await expect.poll(() => act.isEnabled()).toBe(false)
  await dialog.getByRole('textbox').fill('Short-lived')
  await act.click()
  await page.getByText('Finished', { exact: true }).first().waitFor()
  const { sums } = await team.client.getLedger({ params: { id: project.id } })
  expect(Object.values(sums).every((sum) => Number(sum) === 0)).toBe(true)
  expect(Object.values(await judgmentsOf(team, project.id)).flat()).toHaveLength(1)
})

test('a viewer sees and changes nothing; a stranger finds nothing', async () => {
  const team = await site.server.newTeam()
  const project = await launchPairs(team, plainPairs(1))
  const viewer = await site.server.addToTeam(team.organizationId, 'viewer')
  const seen = await site.visit(viewer, `/projects/${project.id}/overview`)
  await seen.page.getByRole('heading', { name: 'Kitchen physics' }).waitFor()
  expect(await seen.page.getByRole('button', { name: /Pause|Add funds/ }).count()).toBe(0)
  await seen.page.goto(`/projects/${project.id}/settings`)
  await seen.page.getByText('Managers of the organization can change these settings.').waitFor()

  const stranger = await site.server.newTeam()
  const unseen = await site.visit(stranger, `/projects/${project.id}/overview`)
  unseen.watch.expect(/status of 404|ApiError: There is no such project/)
  await unseen.page.getByText('There is no such project').waitFor()
})
