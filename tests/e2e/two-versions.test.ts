import { expect, test } from 'vitest'
import { judgmentsOf, launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { workbenchOf } from './support/workbench.ts'

const site = useSite()

async function atWork(pairs: number) {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(pairs))
  return { team, trainer, project, path: `/judge/${project.id}` }
}

test('a device that did not see the newer draft cannot submit over it', async () => {
  const { team, trainer, project, path } = await atWork(1)
  const first = await site.visit(trainer, path)
  const one = workbenchOf(first.page)
  await one.shown()
  await first.page.keyboard.press('2')
  await one.reason.fill('The first one says where it boils.')
  await first.page.getByText(/Draft saved/).waitFor()
  const second = await site.visit(trainer, path)
  second.watch.expect(/status of 409/)
  const two = workbenchOf(second.page)
  await two.shown()
  await expect.poll(() => two.reason.inputValue()).toBe('The first one says where it boils.')
  const saved = first.page.waitForResponse((answer) => answer.url().endsWith('/draft') && answer.ok())
  await one.reason.fill('The first one says where it boils, and at which pressure.')
  await saved

  await second.page.keyboard.press('Control+Enter')
  const dialog = second.page.getByRole('dialog')
  await dialog.getByRole('heading', { name: 'Two versions of your answer' }).waitFor()
  expect((await judgmentsOf(team, project.id)).t1 ?? []).toEqual([])
  // Only what differs, and of it the words.
  await dialog.getByText('1 other question has the same answer in both.').waitFor()
  const other = dialog.getByRole('region', { name: /^In the other/ })
  expect((await other.locator('mark').allInnerTexts()).join('')).toContain('and at which pressure.')
  await other.getByRole('button', { name: 'Go on with this one' }).click()
  await expect.poll(() => two.reason.inputValue()).toContain('at which pressure')
  await second.page.keyboard.press('Control+Enter')
  await second.page.getByText('No work for you here right now').waitFor()
  expect((await judgmentsOf(team, project.id)).t1).toMatchObject([
    { answer: { reason: 'The first one says where it boils, and at which pressure.' } },
  ])
})

test('whoever comes back to a page finds what another device has made of the answer', async () => {
  const { trainer, path } = await atWork(1)
  const first = await site.visit(trainer, path)
  const second = await site.visit(trainer, path)
  const [one, two] = [workbenchOf(first.page), workbenchOf(second.page)]
  await one.shown()
  await two.shown()
  await one.reason.fill('From the first device.')
  await first.page.getByText(/Draft saved/).waitFor()
  await second.page.evaluate("window.dispatchEvent(new Event('focus'))")
  await expect.poll(() => two.reason.inputValue()).toBe('From the first device.')
})

test('when the task was submitted elsewhere, both versions can still correct it and neither is gone on with', async () => {
  const { team, trainer, project, path } = await atWork(1)
  const first = await site.visit(trainer, path)
  const second = await site.visit(trainer, path)
  second.watch.expect(/status of 409/)
  const [one, two] = [workbenchOf(first.page), workbenchOf(second.page)]
  await one.shown()
  await two.shown()
  await first.page.keyboard.press('2')
  await one.reason.fill('From the first device.')
  await first.page.getByText(/Draft saved/).waitFor()
  await two.reason.fill('From the second device.')
  const banner = second.page.getByRole('alert')
  await banner.filter({ hasText: 'There are two versions' }).waitFor()
  await first.page.keyboard.press('Control+Enter')
  await first.page.getByText('No work for you here right now').waitFor()

  await banner.getByRole('button', { name: 'Look at both' }).click()
  const dialog = second.page.getByRole('dialog')
  await dialog.getByText('You submitted this task in another tab or on another device.').waitFor()
  expect(await dialog.getByRole('button', { name: 'Go on with this one' }).count()).toBe(0)
  await second.page.keyboard.press('Escape')
  await banner
    .filter({ hasText: 'You submitted this task' })
    .getByRole('button', { name: 'Look at both' })
    .click()
  await dialog
    .getByRole('region', { name: 'In this tab' })
    .getByRole('button', { name: 'Correct with this version' })
    .click()
  await second.page.getByRole('heading', { name: 'Correct your answer' }).waitFor()
  await expect.poll(() => two.reason.inputValue()).toBe('From the second device.')
  await second.page.keyboard.press('6')
  await second.page.getByRole('button', { name: 'Submit correction' }).click()
  await two.toasts.getByText('Corrected.').waitFor()
  await expect
    .poll(async () => (await judgmentsOf(team, project.id)).t1?.at(-1)?.answer.reason)
    .toBe('From the second device.')
})

test('two tabs without a connection: what was typed in each is offered when the task is opened again', async () => {
  const { trainer, path } = await atWork(1)
  const { page: one, context, watch } = await site.visit(trainer, path)
  watch.expect(/net::ERR_/)
  await workbenchOf(one).shown()
  const two = await context.newPage()
  await two.goto(path)
  await workbenchOf(two).shown()
  await context.setOffline(true)
  await workbenchOf(one).reason.fill('Typed in the first tab.')
  await one.getByText('Offline: kept in this browser').waitFor()
  await workbenchOf(two).reason.fill('Typed in the second tab.')
  // The tab that is looked at says so at once.
  await two.getByRole('alert').filter({ hasText: 'There are two versions' }).waitFor()
  await one.close()
  await two.close()
  await context.setOffline(false)

  const later = await context.newPage()
  await later.goto(path)
  const bench = workbenchOf(later)
  await bench.shown()
  const banner = later.getByRole('alert').filter({ hasText: 'There are two versions' })
  await banner.getByRole('button', { name: 'Look at both' }).click()
  const dialog = later.getByRole('dialog')
  await dialog.getByText('Typed in the second tab.').waitFor()
  await dialog
    .getByRole('region', { name: /^In another tab/ })
    .filter({ hasText: 'Typed in the first tab.' })
    .getByRole('button', { name: 'Go on with this one' })
    .click()
  await expect.poll(() => bench.reason.inputValue()).toBe('Typed in the first tab.')
  await later.getByText(/Draft saved/).waitFor()
  await later.reload()
  await bench.shown()
  await expect.poll(() => bench.reason.inputValue()).toBe('Typed in the first tab.')
  expect(await later.getByRole('alert').count()).toBe(0)
})

test('a skip can be undone, and skipped tasks are taken up again when nothing else is left', async () => {
  const { trainer, path } = await atWork(2)
  const { page } = await site.visit(trainer, path)
  const bench = workbenchOf(page)
  const one = await bench.shown()
  await page.keyboard.press('s')
  const two = await bench.shown(one.id)
  await bench.toasts.getByText('Skipped.').waitFor()
  await page.keyboard.press('Control+z')
  expect(await bench.shown(two.id)).toEqual(one)
  await page.keyboard.press('s')
  await bench.shown(one.id)
  await page.keyboard.press('s')
  await page.getByText('All that is left for you here are tasks that you have skipped.').waitFor()
  await page.getByText('You have skipped 2 tasks here.').waitFor()
  await page.getByRole('button', { name: 'Take up skipped tasks again' }).click()
  const again = await bench.shown()
  expect([one, two]).toContainEqual(again)
})
