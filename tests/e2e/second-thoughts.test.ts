import { expect, test } from 'vitest'
import { judgmentsOf, launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { workbenchOf } from './support/workbench.ts'

const site = useSite()

test('notes of two devices are both kept, and come along when the page is come back to', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(1))
  const devices = await Promise.all([1, 2].map(() => site.visit(trainer, `/judge/${project.id}`)))
  const [one, two] = devices
  if (!one || !two) throw new Error('Two devices were asked for.')
  const padOf = ({ page }: (typeof devices)[number]) => page.getByRole('textbox', { name: 'Notes' })
  for (const device of devices) {
    await workbenchOf(device.page).shown()
    // Its settings have come: what is set before counts as newer.
    await expect.poll(() => device.watch.requests.some((each) => each.endsWith('/me/preferences'))).toBe(true)
    await device.page.keyboard.press('p')
    await padOf(device).waitFor()
  }
  two.watch.expect(/status of 409/)
  const write = async (device: (typeof devices)[number], text: string) => {
    const saved = device.page.waitForResponse((answer) => answer.url().includes('/preferences/notes'))
    await padOf(device).fill(text)
    await saved
  }
  await write(one, 'Kelvin counts.')
  await two.page.evaluate("window.dispatchEvent(new Event('focus'))")
  await expect.poll(() => padOf(two).inputValue()).toBe('Kelvin counts.')
  await write(one, 'Kelvin counts.\nSea level is meant.')
  await write(two, 'Kelvin counts.\nAsk about pressure.')
  await workbenchOf(two.page).toasts.getByText('Both texts are kept, one after the other.').waitFor()
  const both = 'Kelvin counts.\nSea level is meant.\nAsk about pressure.'
  await expect.poll(() => padOf(two).inputValue()).toBe(both)
  await expect
    .poll(async () => (await trainer.client.getPreferences()).preferences[`notes:${project.id}`]?.value)
    .toBe(both)
})

test('a correction follows its person to another device; when it was sent elsewhere, the newer answer is corrected', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(1))
  const { client } = trainer
  const { assignment } = await client.nextAssignment({ body: { projectId: project.id } })
  const { judgment } = await client.submitJudgment({
    params: { id: assignment?.id ?? '' },
    body: {
      epoch: 1,
      answer: { preference: { outcome: 'a', strength: -2 }, reason: 'First.' },
      activeMs: 0,
      next: false,
    },
  })
  const path = `/judge/${project.id}/correct/${judgment.id}`
  const first = await site.visit(trainer, path)
  const one = workbenchOf(first.page)
  const kept = first.page.waitForResponse(
    (answer) => answer.url().endsWith('/correction') && answer.ok() && answer.request().method() === 'PUT',
  )
  await one.reason.fill('Typed on the first device.')
  await kept
  const second = await site.visit(trainer, path)
  second.watch.expect(/status of 409/)
  const two = workbenchOf(second.page)
  await expect.poll(() => two.reason.inputValue()).toBe('Typed on the first device.')

  await first.page.getByRole('button', { name: 'Submit correction' }).click()
  await one.toasts.getByText('Corrected.').waitFor()
  await two.reason.fill('Typed on the second device.')
  const banner = second.page.getByRole('alert').filter({ hasText: 'You corrected this answer already' })
  await banner.getByRole('button', { name: 'Correct the newer version' }).click()
  await banner.waitFor({ state: 'detached' })
  await expect.poll(() => two.reason.inputValue()).toBe('Typed on the second device.')
  await second.page.getByRole('button', { name: 'Submit correction' }).click()
  await two.toasts.getByText('Corrected.').waitFor()
  await expect
    .poll(async () => (await judgmentsOf(team, project.id)).t1?.at(-1)?.answer.reason)
    .toBe('Typed on the second device.')
})

test('two versions of a correction wait for a choice', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(1))
  const { client } = trainer
  const { assignment } = await client.nextAssignment({ body: { projectId: project.id } })
  const { judgment } = await client.submitJudgment({
    params: { id: assignment?.id ?? '' },
    body: {
      epoch: 1,
      answer: { preference: { outcome: 'a', strength: -2 }, reason: 'First.' },
      activeMs: 0,
      next: false,
    },
  })
  const { page, context, watch } = await site.visit(trainer, `/judge/${project.id}/correct/${judgment.id}`)
  watch.expect(/status of 409/)
  await workbenchOf(page).reason.waitFor()
  const other = await context.newPage()
  await other.goto(page.url())
  await workbenchOf(other).reason.waitFor()
  const kept = page.waitForResponse(
    (answer) => answer.url().endsWith('/correction') && answer.ok() && answer.request().method() === 'PUT',
  )
  await workbenchOf(page).reason.fill('From this tab.')
  await kept
  await workbenchOf(other).reason.fill('From the other tab.')
  await other.getByRole('alert').getByRole('button', { name: 'Look at both' }).click()
  const versions = other.getByRole('dialog')
  await versions
    .getByRole('region', { name: /^In the other/ })
    .getByText('From this tab.')
    .waitFor()
  await versions
    .getByRole('region', { name: 'In this tab' })
    .getByRole('button', { name: 'Go on with this one' })
    .click()
  await expect
    .poll(async () => (await client.getCorrection({ params: { id: judgment.id } })).draft?.answer.reason)
    .toBe('From the other tab.')
})
