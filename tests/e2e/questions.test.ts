import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { judgmentsOf, launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { escapeFrom, focusOn, still, tabTo, workbenchOf } from './support/workbench.ts'

const site = useSite()

/** Opens a task with these questions for a trainer, and gives what to submit and read it back with. */
async function judge(questions: object[], { device = {}, count = 1 } = {}) {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(count), { questions })
  const { page } = await site.visit(trainer, `/judge/${project.id}`, device)
  const bench = workbenchOf(page)
  const { id, first } = await bench.shown()
  const [shownA, shownB] = first === 'a' ? (['a', 'b'] as const) : (['b', 'a'] as const)
  return {
    page,
    bench,
    shownA,
    shownB,
    key: async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    },
    submitted: async () => {
      await page.getByText('No work for you here right now').waitFor()
      return (await judgmentsOf(team, project.id))[id]?.[0]?.answer
    },
  }
}
const needs = (page: Page) => page.locator('.wb-foot .needs')
const points = [1, 2, 3, 4, 5].map((value) => ({
  value,
  label: ['Bad', 'Poor', 'Fair', 'Good', 'Excellent'][value - 1],
}))

test('a preference on several axes: keys answer the active row and go on', async () => {
  const { page, key, shownA, submitted } = await judge([
    {
      id: 'better',
      type: 'preference',
      label: 'Which response is better?',
      axes: [
        { id: 'truth', label: 'Accuracy' },
        { id: 'safety', label: 'Safety', hint: 'Harm to anybody.' },
      ],
    },
  ])
  await page.getByRole('group', { name: 'Overall' }).waitFor()
  await key('2', 'T')
  await needs(page).getByText('“Safety” in “Which response is better?”').waitFor()
  await key('6')
  await page.getByText('Complete.').waitFor()
  // Back up to accuracy, which becomes both good.
  await key('ArrowUp', 'y')
  await page
    .getByRole('group', { name: /^Accuracy/ })
    .getByText('Both good.')
    .waitFor()
  await key('Enter')
  const size = shownA === 'a' ? 1 : -1
  expect(await submitted()).toEqual({
    better: {
      outcome: shownA,
      strength: -2 * size,
      axes: {
        truth: { outcome: 'both_good', strength: 0 },
        safety: { outcome: shownA === 'a' ? 'b' : 'a', strength: 2 * size },
      },
    },
  })
})

test('a ranking by numbers, by keys, by ties and by the mouse', async () => {
  const { page, key, shownA, shownB, submitted } = await judge([
    { id: 'order', type: 'ranking', label: 'Rank them' },
  ])
  const list = page.getByRole('listbox', { name: 'Rank them' })
  await list.waitFor()
  const rank = (number: number) => list.getByRole('group', { name: `Rank ${number}` })
  await needs(page).getByText('“Rank them”').waitFor()
  // The second may be named before the first.
  await key('2')
  await needs(page).getByText('a rank for 1 more response in “Rank them”').waitFor()
  await key('1')
  await rank(2).getByText('Response A').waitFor()
  await rank(1).getByText('Response B').waitFor()
  // Into the list, and moved with Alt; a tie, and out of it again.
  await tabTo(page, list)
  await key('ArrowUp', 'ArrowUp', 'Alt+ArrowDown')
  await page.getByText('Response B: rank 2 of 2.').waitFor({ state: 'attached' })
  await key('=')
  await page.getByText('Response B: rank 1 of 1, tied with Response A.').waitFor({ state: 'attached' })
  await key('Space', 'ArrowDown', 'Space')
  await rank(2).getByText('Response B').waitFor()
  // Dragged above the other.
  const b = await still(rank(2).getByText('Response B'))
  const a = await still(rank(1))
  await page.mouse.move(b.x + 10, b.y + 8)
  await page.mouse.down()
  await page.mouse.move(b.x + 10, a.y + 20)
  await page.mouse.move(b.x + 10, a.y + 2)
  await page.mouse.up()
  await rank(1).getByText('Response B').waitFor()
  await key('Enter')
  expect(await submitted()).toEqual({
    order: {
      ranks: [
        { candidate: shownB, rank: 1 },
        { candidate: shownA, rank: 2 },
      ],
    },
  })
})

test('the keys stay with a ranking until it is whole, and go on then', async () => {
  const { page, key, shownA, shownB, submitted } = await judge([
    { id: 'order', type: 'ranking', label: 'Rank them' },
    {
      id: 'usable',
      type: 'choice',
      label: 'Is the best one usable?',
      options: [
        { value: 'as_is', label: 'As it is' },
        { value: 'never', label: 'Never' },
      ],
    },
  ])
  await page.getByRole('listbox', { name: 'Rank them' }).waitFor()
  await key('2', '1', '2')
  await page.getByText('Complete.').waitFor()
  // The list of keys takes the focus and gives it back: Enter submits.
  await key('?')
  await page.getByRole('dialog').getByRole('heading', { name: 'Keys' }).waitFor()
  await escapeFrom(page, page.getByRole('dialog'))
  await key('Enter')
  expect(await submitted()).toEqual({
    order: {
      ranks: [
        { candidate: shownB, rank: 1 },
        { candidate: shownA, rank: 2 },
      ],
    },
    usable: 'never',
  })
})

test('scales of each response stand in a grid that digits fill from top to bottom', async () => {
  const { page, key, shownA, shownB, submitted } = await judge([
    { id: 'truth', type: 'scale', label: 'Accuracy', each: 'candidate', points, help: 'Facts, **checked**.' },
    { id: 'tone', type: 'scale', label: 'Tone', each: 'candidate', points, notApplicable: true },
    {
      id: 'why',
      type: 'text',
      label: 'What is wrong?',
      each: 'candidate',
      showIf: { tests: [{ question: 'truth', op: 'at_most', value: 2 }] },
    },
  ])
  const cell = (criterion: string, response: string) =>
    page.getByRole('group', { name: criterion }).getByRole('group', { name: response })
  await cell('Accuracy', 'Response A').waitFor()
  await key('h')
  await page.getByRole('dialog', { name: 'What “Accuracy” means' }).getByText('checked').waitFor()
  await escapeFrom(page, page.getByRole('dialog'))
  await key('4', '2', '5', '0')
  await expect
    .poll(() => cell('Accuracy', 'Response A').getByRole('radio', { name: '4, Good' }).isChecked())
    .toBe(true)
  await expect
    .poll(() => cell('Tone', 'Response B').getByRole('radio', { name: 'Does not apply' }).isChecked())
    .toBe(true)
  // A low score asks for more, of that response alone.
  await page.getByText('Also asked now: “What is wrong?”.').waitFor({ state: 'attached' })
  await expect.poll(() => page.getByRole('textbox', { name: 'Response A' }).count()).toBe(0)
  await needs(page).getByText('“What is wrong?” of Response B').waitFor()
  await key('Enter')
  await focusOn(page.getByRole('textbox', { name: 'Response B' }))
  await page.keyboard.type('It names no source.')
  // Back to the grid by keys alone, and forward again to submit.
  await key('Escape', 'ArrowUp', '0', 'ArrowUp', 'ArrowUp', 'ArrowUp', '5', 'Enter')
  expect(await submitted()).toEqual({
    truth: { [shownA]: 5, [shownB]: 2 },
    tone: { [shownA]: 5, [shownB]: 'na' },
    why: { [shownB]: 'It names no source.' },
  })
})

test('options have keys; what is no longer asked is not submitted', async () => {
  const { page, key, submitted } = await judge([
    {
      id: 'safe',
      type: 'choice',
      label: 'Is it safe?',
      options: [
        { value: 'yes', label: 'Safe' },
        { value: 'no', label: 'Unsafe', hint: 'Somebody could be hurt.', shortcut: 'u' },
      ],
    },
    {
      id: 'harms',
      type: 'multichoice',
      label: 'Which harms?',
      max: 2,
      showIf: { tests: [{ question: 'safe', op: 'is', value: 'no' }] },
      options: ['Burn', 'Cut', 'Fall'].map((label) => ({ value: label.toLowerCase(), label })),
    },
    { id: 'good', type: 'scale', label: 'How good?', points },
  ])
  await page.getByRole('radio', { name: 'Unsafe' }).waitFor()
  await key('u')
  await page.getByRole('checkbox', { name: 'Burn' }).waitFor()
  await key('1', '3')
  await expect.poll(() => page.getByRole('checkbox', { name: 'Cut' }).isDisabled()).toBe(true)
  await key('0')
  await expect.poll(() => page.getByRole('checkbox', { name: 'None of these' }).isChecked()).toBe(true)
  // Both questions stay where they are in the draft until the first makes the second pointless.
  await key('5')
  await page.getByText('Complete.').waitFor()
  await key('ArrowUp', 'ArrowUp', '1')
  await page.getByRole('checkbox', { name: 'Burn' }).waitFor({ state: 'detached' })
  await key('Enter')
  expect(await submitted()).toEqual({ safe: 'yes', good: 5 })
})

test('many options are searched, whatever their accents, and chosen by keys', async () => {
  const options = [
    { value: 'fr', label: 'France' },
    { value: 'idf', label: 'Île-de-France', parent: 'fr' },
    { value: 'paris', label: 'Paris', parent: 'idf' },
    ...Array.from({ length: 40 }, (_, index) => ({ value: `c${index}`, label: `Country ${index}` })),
  ]
  const { page, key, submitted } = await judge([
    { id: 'where', type: 'multichoice', label: 'Which places?', options, min: 1, max: 2 },
  ])
  const search = page.getByRole('combobox', { name: 'Search: Which places?' })
  await search.waitFor()
  await key('Enter')
  await focusOn(search)
  await page.keyboard.type('ile')
  await page.getByRole('treeitem', { name: 'Paris' }).waitFor()
  // What matches itself is ready to be taken, not what stands above it.
  await key('Enter')
  await page.getByRole('list', { name: 'Chosen' }).getByText('Île-de-France').waitFor()
  await key('Escape')
  await page.keyboard.type('country 7')
  await key('Enter', 'Escape', 'Backspace')
  await page.getByRole('list', { name: 'Chosen' }).getByText('Country 7').waitFor({ state: 'detached' })
  await key('Control+Enter')
  expect(await submitted()).toEqual({ where: ['idf'] })
})

test('a Markdown text has a preview, counts words and stays below the responses', async () => {
  const { page, key, submitted } = await judge([
    { id: 'good', type: 'scale', label: 'How good?', points: [{ value: 0 }, { value: 1 }] },
    { id: 'essay', type: 'text', label: 'Your answer', format: 'markdown', minWords: 4, maxWords: 6 },
  ])
  await page.getByRole('button', { name: 'Your answer open' }).waitFor()
  const field = page.getByRole('textbox', { name: /^Your answer/ })
  await field.waitFor()
  await key('2', 'Enter')
  await focusOn(field)
  await page.keyboard.type('It is **hot')
  await page.getByText('3 words, 1 more needed').waitFor()
  await needs(page).getByText('1 more word in “Your answer”').waitFor()
  await page.keyboard.type('** out there today now')
  await page.getByText('7 words, 1 too many').waitFor()
  await field.fill('It is **hot** out')
  await page.getByRole('radio', { name: 'Preview' }).check()
  await expect.poll(() => page.locator('.text-preview strong').innerText()).toBe('hot')
  await key('Control+Enter')
  expect(await submitted()).toEqual({ good: 1, essay: 'It is **hot** out' })
})
