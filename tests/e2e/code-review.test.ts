import { expect, test } from 'vitest'
import { lookAt } from './support/look.ts'
import { blocks, commentsQuestion, errorsQuestion, launchForm, paintedText } from './support/marking.ts'
import { judgmentsOf } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { focusOn, still, tabTo } from './support/workbench.ts'

const site = useSite()

const DIFF = `diff --git a/src/cache.ts b/src/cache.ts
--- a/src/cache.ts
+++ b/src/cache.ts
@@ -1,14 +1,15 @@ export class Cache
 import { now } from './clock.ts'
 
 /** Keeps what was asked for. */
 export class Cache<K, V> {
   #entries = new Map<K, V>()
   #size = 100
   #hits = 0
   #misses = 0
   #name = 'a name that is so long that its line does not fit into the width of a narrow window at all, ever'
   #last = 0
-  get(key: K) {
+  get(key: K): V | undefined {
+    this.#hits += '1'
     return this.#entries.get(key)
   }
 }
`
const PROGRAM = 'def add(a, b):\r\n    return a - b\r\n\r\nprint(add(1, 2))\r\n'

async function open(
  view: 'code' | 'diff',
  responses: string[],
  question: object = commentsQuestion,
  device = {},
) {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchForm(team, { blocks: blocks(view), questions: [question] }, [responses])
  const { page } = await site.visit(trainer, `/judge/${project.id}`, device)
  await page.locator('.cr-table').first().waitFor()
  await page.getByRole('button', { name: 'Mark by keyboard' }).waitFor()
  return {
    page,
    key: async (...keys: string[]) => {
      for (const each of keys) await page.keyboard.press(each)
    },
    picker: page.getByRole('dialog', { name: /this (passage|mark)/ }),
    focused: () => page.evaluate('document.activeElement.getAttribute("aria-label")'),
    answer: async (id: string) => {
      await page.getByText('No work for you here right now').waitFor()
      return (await judgmentsOf(team, project.id)).t1?.[0]?.answer[id]
    },
  }
}

test('lines of a change are commented on by keyboard alone', async () => {
  const { page, key, picker, focused, answer } = await open('diff', [DIFF])
  await page.getByText('Show 7 unchanged lines').waitFor()
  await key('m')
  await expect.poll(focused).toBe('Line 8')
  await key('j', 'j', 'j', 'j')
  await expect.poll(focused).toBe('Line 11, added')
  await key('Shift+J')
  await expect.poll(focused).toBe('Line 12, added')
  await key('c')
  await picker.waitFor()
  await key('a', '2')
  await tabTo(page, picker.getByRole('textbox'))
  await page.keyboard.type('A string is added to a number.')
  await key('Enter')
  await page.locator('.cr-note').getByText('A string is added to a number.').waitFor()
  await expect.poll(focused).toBe('Line 12, added')
  await key('k', 'k', 'k')
  await expect.poll(focused).toBe('Line 10')
  await key('Control+Enter')
  expect(await answer('comments')).toEqual({
    spans: [
      {
        target: 'a:0',
        part: 0,
        start: DIFF.indexOf('+  get(key'),
        end: DIFF.indexOf("'1'") + 3,
        quote: "+  get(key: K): V | undefined {\n+    this.#hits += '1'",
        category: 'accuracy',
        severity: 'major',
        comment: 'A string is added to a number.',
      },
    ],
  })
})

test('a raw program and a fenced one have numbers, and the mouse takes several lines', async () => {
  const { page, key, picker, answer } = await open('code', [
    PROGRAM,
    `Here:\n\n\`\`\`py\n${PROGRAM}\`\`\`\n\nDone.`,
  ])
  await expect.poll(() => page.locator('.cr-table').count()).toBe(2)
  await expect.poll(() => page.locator('.cr-table').first().locator('[data-row]').count()).toBe(4)
  await expect.poll(() => page.locator('.cr-table').nth(1).locator('[data-row]').count()).toBe(4)
  const raw = page.locator('[data-target="a:0"]')
  const first = await still(raw.locator('.cr-num').nth(0))
  const second = await still(raw.locator('.cr-num').nth(1))
  await page.mouse.move(first.x + 6, first.y + 6)
  await page.mouse.down()
  await page.mouse.move(second.x + 6, second.y + 6, { steps: 3 })
  await page.mouse.up()
  await picker.waitFor()
  await key('a', '3')
  await picker.getByRole('textbox').fill('Subtracts.')
  await key('Enter')
  await raw.locator('.cr-note').getByText('Subtracts.').waitFor()
  await expect.poll(() => paintedText(page, 'mark-4')).toContain('return a - b')
  // An empty line is its line end.
  await raw.locator('.cr-num').nth(2).click()
  await picker.waitFor()
  await key('f', '1')
  await picker.getByRole('textbox').fill('Why empty?')
  await key('Enter')
  await raw.locator('.cr-note').getByText('Why empty?').waitFor()
  await key('Control+Enter')
  expect(await answer('comments')).toMatchObject({
    spans: [
      { target: 'a:0', start: 0, end: 32, quote: 'def add(a, b):\r\n    return a - b' },
      { target: 'a:0', start: 34, end: 36, quote: '\r\n' },
    ],
  })
})

test('passages of code are marked as text where the question is about text', async () => {
  const { page, key, picker, answer } = await open('code', [PROGRAM], errorsQuestion)
  await key('m')
  const reads = page.locator('.cursor-panel .reads')
  await reads.getByText('def', { exact: true }).waitFor()
  await key('ArrowRight', 'Enter')
  await picker.waitFor()
  await key('a', '1', 'Enter')
  await picker.waitFor({ state: 'detached' })
  await expect.poll(() => paintedText(page, 'mark-0')).toBe('add')
  await focusOn(page.getByRole('application'))
  await key('Escape', 'Control+Enter')
  expect(await answer('errors')).toMatchObject({ spans: [{ start: 4, end: 7, quote: 'add' }] })
})

test('hunks fold, lines wrap, and files stand side by side; find and the word diff leave numbers out', async () => {
  const { page, key } = await open('diff', [DIFF, DIFF.replace("'1'", '1')])
  const first = page.locator('.resp').first()
  await first.getByRole('button', { name: /^Show 7/ }).click()
  await expect.poll(() => first.locator('[data-row]').count()).toBe(16)
  await first.getByLabel('Side by side').check()
  await expect.poll(() => first.locator('[data-row]').count()).toBe(16)
  await expect.poll(() => first.locator('.cr-pair').count()).toBe(15)
  await page.getByRole('button', { name: 'Word diff' }).click()
  await expect.poll(() => paintedText(page, 'word-diff')).not.toBe('')
  await expect.poll(() => paintedText(page, 'word-diff')).not.toMatch(/Wrap|unchanged/)
  await page.getByRole('button', { name: /^Find in response A/ }).click()
  await page.getByRole('textbox', { name: 'Find' }).fill('wrap')
  await page.getByText('not found').waitFor()
  await key('Escape')
  await first.getByRole('button', { name: /Hunk 1/ }).click()
  await expect.poll(() => first.locator('[data-row]').count()).toBe(0)
})

test('code looks right in every light', async () => {
  const { page, key, picker, focused } = await open('diff', [DIFF])
  await key('m')
  await expect.poll(focused).toBe('Line 8')
  await key('j', 'j', 'j', 'j', 'c')
  await picker.waitFor()
  await key('a', '3')
  await picker.getByRole('textbox').fill('A change of what callers get.')
  await key('Enter')
  await page.locator('.cr-note').waitFor()
  await lookAt(page, 'code-review-lines', [])
  await page.getByLabel('Wrap lines').check()
  await lookAt(page, 'code-review-wrapped', [])
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByLabel('Side by side').check()
  await lookAt(page, 'code-review-sides', [])
})
