import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { lookAt } from './support/look.ts'
import { judgmentsOf, launchPairs, plainPairs, rawLine } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { escapeFrom, workbenchOf } from './support/workbench.ts'

const site = useSite()
const GUIDELINE =
  '# How to judge\n\nRead both. A tie is rare.\n\n## What counts\n\nFacts first.\n\n## Examples\n\nWater boils at 100 °C at sea level.'

async function atWork(pairs: number, guideline = GUIDELINE) {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(pairs), { guideline })
  return { team, trainer, project, path: `/judge/${project.id}` }
}

/** Leaves the field that has the keyboard, so that single keys are keys again. */
const leaveField = (page: Page) => page.locator('main').evaluate((main) => main.focus())

test('the layout, the size of the text and an own key follow the person to another device', async () => {
  const { trainer, path } = await atWork(2)
  const one = await site.visit(trainer, path)
  await workbenchOf(one.page).shown()
  await one.page.getByRole('button', { name: 'View and reading' }).click()
  await one.page.getByRole('radio', { name: 'One at a time' }).check()
  await one.page.getByRole('button', { name: 'Larger text' }).click()
  await one.page.getByText('115 %').waitFor()
  await one.page.getByRole('button', { name: 'Change keys' }).click()
  const keys = one.page.getByRole('dialog', { name: 'Change keys' })
  const skip = keys.getByRole('button', { name: /^Skip: / })
  await skip.click()
  await one.page.keyboard.press('f')
  await keys.getByText('F is the key of “Flag”.').waitFor()
  await one.page.keyboard.press('x')
  await keys.getByRole('button', { name: 'Skip: X. Set another key' }).waitFor()
  await expect
    .poll(async () => Object.keys((await trainer.client.getPreferences()).preferences))
    .toEqual(expect.arrayContaining(['keys', 'layout', 'reading']))

  const two = await site.visit(trainer, path)
  const bench = workbenchOf(two.page)
  const first = await bench.shown()
  await two.page.getByRole('radio', { name: 'Response A' }).waitFor()
  await expect.poll(() => bench.response('B').isVisible()).toBe(false)
  await leaveField(two.page)
  await two.page.keyboard.press(']')
  await bench.response('B').waitFor()
  await expect.poll(() => bench.response('A').isVisible()).toBe(false)
  await two.page.getByRole('button', { name: 'Skip, key X' }).waitFor()
  await two.page.keyboard.press('x')
  await bench.toasts.getByText('Skipped.').waitFor()
  await bench.shown(first.id)
})

test('one search finds in the conversation and in both responses', async () => {
  const { trainer, path } = await atWork(1)
  const { page } = await site.visit(trainer, path)
  await workbenchOf(page).shown()
  await page.keyboard.press('/')
  await page.getByRole('textbox', { name: 'Find' }).fill('question 1')
  await page.getByText('1 of 3').waitFor()
  await expect
    .poll(() => page.locator('.find-counts li').allInnerTexts())
    .toEqual(['Conversation 1', 'Response A 1', 'Response B 1'])
  await page.keyboard.press('Enter')
  await page.getByText('2 of 3').waitFor()
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Shift+Enter')
  await page.getByText('3 of 3').waitFor()
  await page.getByRole('combobox', { name: 'Find in' }).selectOption('Response B')
  await page.getByText('1 of 1').waitFor()
  await page.keyboard.press('Escape')
})

test('what stands around a task is for everybody: search, view menu and reading aloud', async () => {
  const { trainer, path } = await atWork(1)
  const { page } = await site.visit(trainer, path)
  await workbenchOf(page).shown()
  await page.getByRole('button', { name: 'View and reading' }).click()
  await page.getByRole('checkbox', { name: /Reading aloud/ }).check()
  await page.getByRole('radio', { name: 'OpenDyslexic' }).check()
  await lookAt(page, 'workbench-view', [])
  await escapeFrom(page, page.getByRole('dialog'))
  await page.getByRole('button', { name: 'Read aloud' }).waitFor()
  await leaveField(page)
  await page.keyboard.press('/')
  await page.getByRole('textbox', { name: 'Find' }).fill('question')
  await page.getByText('1 of 3').waitFor()
  await lookAt(page, 'workbench-find', [])
})

test('the guideline stands beside the task and says what has changed; notes are kept for their writer', async () => {
  const { team, trainer, project, path } = await atWork(1)
  const { page } = await site.visit(trainer, path)
  const bench = workbenchOf(page)
  const before = await bench.shown()
  await page.keyboard.press('g')
  const panel = page.getByRole('complementary', { name: 'Guideline and notes' })
  await panel.getByRole('heading', { name: 'What counts' }).waitFor()
  await expect.poll(() => panel.getByText('Water boils at 100').isVisible()).toBe(false)
  await panel.getByRole('searchbox').fill('sea level')
  await panel.getByText('1 of 1').waitFor()
  // The place stands in an example, which has been opened for it.
  await panel.getByText('Water boils at 100').waitFor()
  await lookAt(page, 'workbench-panel', [])
  await page.setViewportSize({ width: 1440, height: 900 })
  await panel.getByRole('tab', { name: 'Notes' }).click()
  const saved = page.waitForResponse((answer) => answer.url().includes('/preferences/notes'))
  await panel.getByRole('textbox', { name: 'Notes' }).fill('Kelvin counts too.')
  await saved
  await page.getByRole('radio', { name: /^1, / }).check()
  await leaveField(page)
  await page.keyboard.press('Enter')
  await page.getByText('No work for you here right now').waitFor()

  await team.client.updateGuideline({
    params: { id: project.id },
    body: { markdown: GUIDELINE.replace('A tie is rare.', 'A tie is never right.') },
  })
  await team.client.importTasks({
    params: { id: project.id },
    query: { format: 'raw' },
    body: plainPairs(2).slice(1).map(rawLine).join('\n'),
  })
  const later = await site.visit(trainer, path)
  await workbenchOf(later.page).shown(before.id)
  // It stands open, as it was left, at the notes.
  const again = later.page.getByRole('complementary', { name: 'Guideline and notes' })
  await expect
    .poll(() => again.getByRole('textbox', { name: 'Notes' }).inputValue())
    .toBe('Kelvin counts too.')
  await later.page.getByRole('button', { name: /Guideline.*changed/ }).click()
  await again.getByText('What changed from version 1 to 2').waitFor()
  await expect
    .poll(() => again.locator('.changes ins').allInnerTexts())
    .toEqual([expect.stringContaining('never right.')])
  await expect
    .poll(() => again.locator('.changes del').allInnerTexts())
    .toEqual([expect.stringContaining('rare.')])
})

test('recent work: an answer is corrected, and the correction can be taken back', async () => {
  const { team, trainer, project, path } = await atWork(2)
  const { page } = await site.visit(trainer, path)
  const bench = workbenchOf(page)
  const one = await bench.shown()
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await bench.toasts.getByText('+$0.50').waitFor()
  await bench.shown(one.id)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('recent')
  await page.keyboard.press('Enter')
  const list = page.getByRole('dialog', { name: 'My recent work' })
  // The receipt of the answer may still stand in the dialog, and says so too.
  await list.getByRole('cell', { name: /in review/ }).waitFor()
  await lookAt(page, 'workbench-recent', [])
  await page.setViewportSize({ width: 1440, height: 900 })
  await list.getByRole('link', { name: 'Correct' }).click()
  await page.getByRole('heading', { name: 'Correct your answer' }).waitFor()
  await expect.poll(() => bench.choice(1).isChecked()).toBe(true)
  await bench.choice(6).check()
  await lookAt(page, 'workbench-correction', [])
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Submit correction' }).click()
  await bench.toasts.getByText('Corrected.').waitFor()
  const undo = bench.toasts.getByRole('button', { name: 'Undo' }).last()
  // Under the mouse it stays for as long as one likes.
  await undo.hover()
  const kept = async () => (await judgmentsOf(team, project.id))[one.id]?.length
  const corrected = await kept()
  await undo.click()
  await bench.toasts.getByText('Taken back: your answer before counts again.').waitFor()
  expect(corrected).toBeGreaterThan(0)
})

test('a long conversation is drawn near what is seen, and all of it can be found', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(1), { guideline: GUIDELINE })
  const turns = Array.from({ length: 60 }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    parts: [
      {
        type: 'text',
        text: `**Turn ${index}** ${'It boils and boils, and then it is gone. '.repeat(index === 40 ? 700 : 30)}`,
      },
    ],
  }))
  const long = JSON.parse(
    rawLine({ id: 't9', prompt: 'End?', a: 'Own letter a of question 9', b: 'Own letter b of question 9' }),
  )
  long.task.context = [...turns, ...long.task.context]
  await team.client.importTasks({
    params: { id: project.id },
    query: { format: 'raw' },
    body: JSON.stringify(long),
  })
  const { page } = await site.visit(trainer, `/judge/${project.id}`)
  const bench = workbenchOf(page)
  if ((await bench.shown()).id !== 't9') {
    await page.keyboard.press('s')
    await bench.shown('t1')
  }
  await page.getByRole('button', { name: 'Show all in full' }).click()
  await page.locator('.turn .waiting').first().waitFor({ state: 'attached' })
  // The text that is not drawn yet is there all the same, for whoever searches or has the page read out.
  await expect.poll(() => page.locator('.turns').textContent()).toContain('**Turn 40**')
  await page.keyboard.press('Control+f')
  await page.getByRole('textbox', { name: 'Find' }).fill('turn 40')
  await page.getByText('1 of 1').waitFor()
  await page.locator('.turn strong', { hasText: 'Turn 40' }).waitFor()
  await expect.poll(() => page.locator('.turn .waiting').count()).toBe(0)
})
