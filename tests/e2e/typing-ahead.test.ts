import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { escapeFrom, focusOn, workbenchOf } from './support/workbench.ts'

const site = useSite()

async function openTask(prepare: (page: Page) => Promise<void> = async () => undefined) {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(4), { guideline: '# House rules\n\nBe fair.' })
  const visit = await site.visit(trainer, '/home')
  await prepare(visit.page)
  await visit.page.goto(`/judge/${project.id}`)
  const bench = workbenchOf(visit.page)
  return { ...visit, bench, first: await bench.shown() }
}

/** Nothing that was typed has answered or left the task. */
async function untouched(page: Page, first: { id: string }) {
  await page
    .getByText(`of question ${first.id.slice(1)}:`)
    .first()
    .waitFor()
  expect(await page.locator('.wb-main input:checked').count()).toBe(0)
}

/** Lets the code of a part of the page come only when it is told. */
async function holdCode(page: Page, name: string) {
  const told = Promise.withResolvers<void>()
  await page.route(new RegExp(`/assets/${name}-[^/]+\\.js$`), async (route) => {
    await told.promise
    await route.continue()
  })
  return told.resolve
}

test('P writes a note, wherever the focus is, and the panel keeps keys from the task', async () => {
  const { page, first } = await openTask()
  const { keyboard } = page
  const panel = page.getByRole('complementary', { name: 'Guideline and notes' })
  const pad = panel.getByRole('textbox', { name: 'Notes' })
  await keyboard.press('p')
  await keyboard.type('1 pass 2s', { delay: 0 })
  await expect.poll(() => pad.inputValue()).toBe('1 pass 2s')
  await escapeFrom(page, panel)
  await page.locator('main:focus').waitFor()

  // From the other tab of the panel, and when it stands open already.
  await keyboard.press('g')
  await focusOn(panel.getByRole('tab', { name: /^Guideline/ }))
  await keyboard.press('3')
  await keyboard.press('s')
  await keyboard.press('p')
  await keyboard.type(' more')
  await expect.poll(() => pad.inputValue()).toBe('1 pass 2s more')
  await page.locator('main').first().focus()
  await keyboard.press('p')
  await keyboard.type(' 7s')
  await expect.poll(() => pad.inputValue()).toBe('1 pass 2s more 7s')
  await panel.getByRole('tab', { name: 'Notes' }).click()
  await keyboard.press('5')
  await keyboard.press('f')
  await escapeFrom(page, panel)
  await untouched(page, first)
  await page.reload()
  await untouched(page, first)
})

test('keys right behind Ctrl+K, / and P go where they are meant, also while that is still being loaded', async () => {
  const told: (() => void)[] = []
  const { page, bench, first } = await openTask(async (before) => {
    for (const part of ['CommandPalette', 'FindBar', 'SidePanel']) told.push(await holdCode(before, part))
  })
  const { keyboard } = page
  await keyboard.press('Control+k')
  await keyboard.type('notes')
  await untouched(page, first)
  told[0]?.()
  const palette = page.getByRole('dialog')
  await expect.poll(() => palette.getByRole('combobox').inputValue()).toBe('notes')
  await escapeFrom(page, palette)

  await keyboard.press('/')
  await keyboard.type('7 letter s')
  await untouched(page, first)
  told[1]?.()
  const find = page.getByRole('textbox', { name: /^Find/ })
  await expect.poll(() => find.inputValue()).toBe('7 letter s')
  await keyboard.press('Escape')
  await find.waitFor({ state: 'detached' })

  await page.locator('main').first().focus()
  await keyboard.press('p')
  await keyboard.type('2 skip\nthis')
  await untouched(page, first)
  told[2]?.()
  const pad = page.getByRole('textbox', { name: 'Notes' })
  await expect.poll(() => pad.inputValue()).toBe('2 skip\nthis')
  await escapeFrom(page, page.getByRole('complementary', { name: 'Guideline and notes' }))
  await untouched(page, first)

  // By now everything is there; what is typed faster than a dialog is drawn is no matter either.
  await keyboard.press('Control+k')
  await keyboard.type('skip', { delay: 0 })
  await keyboard.press('Enter')
  await bench.shown(first.id)
})
