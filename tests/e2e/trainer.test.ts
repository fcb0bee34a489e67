import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { judgeOne } from '../support/live-project.ts'
import { launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'

const site = useSite()

test('home shows what there is to do and what the week brought', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(4), { name: 'Open to all' })
  await judgeOne(trainer, project.id)
  const { page } = await site.visit(trainer, '/')
  await page.getByText('$0.50 earned by 1 judgment').waitFor()
  const row = page.getByRole('row').filter({ hasText: 'Open to all' })
  await row.getByText('promised $30.00').waitFor()
  await row.getByRole('cell', { name: '3', exact: true }).waitFor()
  await row.getByRole('link', { name: 'Start: Open to all' }).click()
  await page.getByRole('region', { name: 'Response A, text' }).waitFor()
  await page.goto('/home')
  await page.getByRole('link', { name: 'Resume: Open to all' }).waitFor()
})

test('where there is no work, home and the workbench say why', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const rest = await launchPairs(team, plainPairs(1), { name: 'All judged by you', overlap: 2 })
  await judgeOne(trainer, rest.id)
  const poor = await launchPairs(team, plainPairs(2), { name: 'Without money', funds: '0.50' })
  await judgeOne(trainer, poor.id)
  const paused = await launchPairs(team, plainPairs(2), { name: 'On pause' })
  await judgeOne(trainer, paused.id)
  await team.client.pauseProject({ params: { id: paused.id } })
  const narrow = await launchPairs(team, plainPairs(1), { name: 'For lawyers' })
  await team.client.updateProject({
    params: { id: narrow.id },
    body: { audience: { expertise: [{ domain: 'law', level: 'domain_expert' }] } },
  })
  const reasons = {
    'All judged by you': 'You have judged every task that is open',
    'Without money': 'The project has no money left in escrow',
    'On pause': 'The team has paused this project.',
    'For lawyers': 'asks for expertise, a language or a country that your profile does not have',
  }
  const { page } = await site.visit(trainer, '/home')
  await page.getByText('No work for you right now').waitFor()
  for (const [name, why] of Object.entries(reasons))
    await page.getByRole('row').filter({ hasText: name }).getByText(why).waitFor()
  for (const [{ id }, why] of [
    [rest, reasons['All judged by you']],
    [poor, reasons['Without money']],
    [narrow, reasons['For lawyers']],
  ] as const) {
    await page.goto(`/judge/${id}`)
    await page.getByText(why).waitFor()
  }
})

test('earnings are a statement with filters, and a file', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  for (const name of ['Morning project', 'Evening project']) {
    const project = await launchPairs(team, plainPairs(2), { name })
    await judgeOne(trainer, project.id)
    await judgeOne(trainer, project.id)
  }
  const { page } = await site.visit(trainer, '/earnings')
  await page.getByText('$2.00 more is in review.').waitFor()
  const statement = page.getByRole('region', { name: 'Statement' })
  await statement
    .getByRole('cell', { name: /^Morning project/ })
    .first()
    .waitFor()
  await expect.poll(() => statement.getByRole('row').filter({ hasText: '$0.50' }).count()).toBe(4)
  await page.getByLabel('Project').selectOption({ label: 'Evening project' })
  await statement
    .getByRole('cell', { name: /^Morning project/ })
    .first()
    .waitFor({ state: 'detached' })
  await expect.poll(() => statement.getByRole('row').filter({ hasText: '$0.50' }).count()).toBe(2)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSV' }).click(),
  ])
  const csv = (await readFile(await download.path(), 'utf8')).trim().split('\n')
  expect(csv).toHaveLength(3)
  expect(csv.slice(1).every((line) => line.includes('Evening project'))).toBe(true)
})
