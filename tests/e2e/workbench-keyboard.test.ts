import { expect, test } from 'vitest'
import { TEST_PASSWORD } from '../support/test-server.ts'
import { changeRows } from './support/database.ts'
import { judgmentsOf, launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { escapeFrom, keyboardIn, tabTo, workbenchOf } from './support/workbench.ts'

const site = useSite()

test('a trainer signs in, judges, and takes an answer back, by keyboard alone', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(3), { minWords: 3, overlap: 2 })
  const { page } = await site.visit(null, '/')
  const bench = workbenchOf(page)
  const { keyboard } = page

  // Signing in: the first field has the focus already.
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await tabTo(page, page.getByLabel('Email'))
  await keyboard.type(trainer.email)
  await tabTo(page, page.getByLabel('Password', { exact: true }))
  await keyboard.type(TEST_PASSWORD)
  await keyboard.press('Enter')

  // Home, then to work.
  await tabTo(page, page.getByRole('link', { name: 'Start: Kitchen physics' }))
  await keyboard.press('Enter')
  const one = await bench.shown()
  await expect.poll(() => page.title()).toContain('Kitchen physics')

  // What misses is said, and the focus goes to it.
  await keyboard.press('Enter')
  await page.getByText('Still needed: “Which response is better?”').waitFor()

  await keyboard.press('2')
  await expect.poll(() => bench.choice(2).isChecked()).toBe(true)
  await page.getByText('A is better.').waitFor()
  await tabTo(page, bench.reason)
  // Letters and digits are text here and no commands.
  const reason = 'Safe facts, 7 of 7: genuinely right.'
  await keyboard.type(reason)
  await expect.poll(() => bench.reason.inputValue()).toBe(reason)
  await expect.poll(() => bench.choice(2).isChecked()).toBe(true)
  await keyboard.press('Control+Enter')

  // The next task is there, and the receipt of the one before.
  const two = await bench.shown(one.id)
  await bench.toasts.getByText('+$0.50').waitFor()
  await expect.poll(() => bench.reason.inputValue()).toBe('')

  // Undo brings the task back with everything that was said.
  await tabTo(page, bench.toasts.getByRole('button', { name: 'Undo' }))
  await keyboard.press('Enter')
  const back = await bench.shown(two.id)
  expect(back).toEqual(one)
  await expect.poll(() => bench.reason.inputValue()).toBe(reason)
  await expect.poll(() => bench.choice(2).isChecked()).toBe(true)
  await keyboard.press('1')
  await keyboard.press('Control+Enter')

  // The one that was put aside comes again.
  const again = await bench.shown(one.id)
  expect(again).toEqual(two)
  await keyboard.press('t')
  await expect.poll(() => bench.choice(4).isChecked()).toBe(true)
  await keyboard.press('y')
  await expect.poll(() => page.getByRole('radio', { name: /Both good/ }).isChecked()).toBe(true)
  await keyboard.press('n')
  await expect.poll(() => page.getByRole('radio', { name: /Both bad/ }).isChecked()).toBe(true)
  await tabTo(page, bench.reason)
  await keyboard.type('Neither may be used.')
  await keyboard.press('Control+Enter')

  const three = await bench.shown(two.id)
  await keyboard.press('7')
  await tabTo(page, bench.reason)
  await keyboard.type('Clearly the better one.')
  await keyboard.press('Control+Enter')
  await page.getByText('No work for you here right now').waitFor()
  await page.getByText('each takes one judgment from a person').waitFor()

  // Answers speak of the task's own letters, whichever stood first.
  const results = await judgmentsOf(team, project.id)
  const best = (outcome: 'a' | 'b') => ({ outcome, strength: outcome === 'a' ? -3 : 3 })
  expect(results[one.id]).toEqual([{ answer: { preference: best(one.first), reason }, late: false }])
  expect(results[two.id]?.[0]?.answer.preference).toEqual({ outcome: 'both_bad', strength: 0 })
  expect(results[three.id]?.[0]?.answer.preference).toEqual(best(three.first === 'a' ? 'b' : 'a'))
})

test.for([
  ['in its own order', '["a", "b"]', 'a', { outcome: 'b', strength: 2 }],
  ['the other way round', '["b", "a"]', 'b', { outcome: 'a', strength: -2 }],
] as const)(
  'a task that is shown %s gives an answer about its candidates',
  async ([, order, first, preference]) => {
    const team = await site.server.newTeam()
    const trainer = await site.server.newTrainer()
    const project = await launchPairs(team, plainPairs(1))
    const { assignment } = await trainer.client.nextAssignment({ body: { projectId: project.id } })
    await changeRows(site.server, 'update assignments set candidate_order = $1 where id = $2', [
      order,
      assignment?.id,
    ])
    const { page } = await site.visit(trainer, `/judge/${project.id}`)
    const bench = workbenchOf(page)
    expect(await bench.shown()).toEqual({ id: 't1', first })
    await page.keyboard.press('6')
    await page.keyboard.press('Enter')
    await page.getByText('No work for you here right now').waitFor()
    expect((await judgmentsOf(team, project.id)).t1).toEqual([{ answer: { preference }, late: false }])
  },
)

test('keys that are pressed before their question is loaded are not lost', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(1))
  const { page, context } = await site.visit(trainer, '/home')
  const loaded = Promise.withResolvers<void>()
  await context.route(/PreferenceView/, async (route) => {
    await loaded.promise
    await route.continue()
  })
  await page.goto(`/judge/${project.id}`)
  const bench = workbenchOf(page)
  await page.locator('.rail [aria-busy]').getByText('Which response is better?').waitFor()
  await page.keyboard.press('6')
  await page.keyboard.press('2')
  expect(await bench.choice(2).count()).toBe(0)
  loaded.resolve()
  await expect.poll(() => bench.choice(2).isChecked()).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByText('No work for you here right now').waitFor()
})

test('skipping, flagging, the guideline and the list of keys are a key away', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(3), {
    guideline: '# House rules\n\nPrefer the answer that a **cook** would use.',
  })
  const { page } = await site.visit(trainer, `/judge/${project.id}`)
  const bench = workbenchOf(page)
  const dialog = page.getByRole('dialog')
  const { keyboard } = page
  const one = await bench.shown()

  await keyboard.press('?')
  await dialog.getByRole('heading', { name: 'Keys' }).waitFor()
  await dialog.getByText('Submit while typing').waitFor()
  // Keys do nothing behind a dialog.
  await keyboardIn(dialog)
  await keyboard.press('3')
  await escapeFrom(page, dialog)
  await expect.poll(() => bench.choice(3).isChecked()).toBe(false)

  await keyboard.press('g')
  const guideline = page.getByRole('complementary', { name: 'Guideline and notes' })
  await guideline.getByRole('heading', { name: 'House rules' }).waitFor()
  await escapeFrom(page, guideline)

  // Nothing answered yet: skipped at once. Something answered: asked first.
  await keyboard.press('s')
  const two = await bench.shown(one.id)
  await bench.toasts.getByText('Skipped.').waitFor()
  await keyboard.press('5')
  await keyboard.press('s')
  await dialog.getByRole('heading', { name: 'Skip this task?' }).waitFor()
  await escapeFrom(page, dialog)
  await expect.poll(() => bench.choice(5).isChecked()).toBe(true)
  // The focus is back with the task, not on the first control in it.
  await page.locator('main:focus, [data-place]:focus').waitFor()

  await keyboard.press('f')
  await dialog.getByRole('heading', { name: 'Flag this task' }).waitFor()
  await tabTo(page, dialog.getByRole('radio', { name: /^Broken/ }))
  await keyboard.press('ArrowDown')
  await tabTo(page, dialog.getByLabel('More about it'))
  await keyboard.type('It describes a burn in detail.')
  await tabTo(page, dialog.getByRole('button', { name: 'Flag the task' }))
  await keyboard.press('Enter')
  await bench.toasts.getByText('Flagged.').waitFor()
  const three = await bench.shown(two.id)
  expect(new Set([one.id, two.id, three.id]).size).toBe(3)

  const { items } = await team.client.listFlags({ params: { id: project.id } })
  expect(items).toMatchObject([
    { taskExternalId: two.id, reason: 'unsafe', comment: 'It describes a burn in detail.', state: 'open' },
  ])
  expect((await judgmentsOf(team, project.id))[one.id] ?? []).toEqual([])
})

test('a phone shows one response at a time, and a switch', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(1))
  const { page } = await site.visit(trainer, `/judge/${project.id}`, { width: 390, height: 844 })
  const bench = workbenchOf(page)
  await bench.response('A').waitFor()
  await expect.poll(() => bench.response('B').isVisible()).toBe(false)
  await page.getByRole('radio', { name: 'Response B' }).check()
  await bench.response('B').waitFor()
  await expect.poll(() => bench.response('A').isVisible()).toBe(false)
  await bench.choice(6).check()
  await bench.submit.click()
  await page.getByText('No work for you here right now').waitFor()
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
})
