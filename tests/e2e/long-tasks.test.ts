import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { lookAt, TWO_LOOKS } from './support/look.ts'
import { launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { launchTemplate } from './support/templates.ts'
import { escapeFrom, workbenchOf } from './support/workbench.ts'

const site = useSite()

const say = (role: string, text: string) => ({ role, parts: [{ type: 'text', text }] })

/** A project of one task with these turns and responses. */
async function atTask(context: object[], responses: string[]) {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(1))
  await team.client.importTasks({
    params: { id: project.id },
    query: { format: 'raw' },
    body: JSON.stringify({
      task: {
        externalId: 'long',
        context,
        candidates: responses.map((text, index) => ({
          id: 'abcdef'[index],
          messages: [say('assistant', text)],
        })),
      },
    }),
  })
  const { page } = await site.visit(trainer, `/judge/${project.id}`)
  const heard = page.getByRole('region', { name: 'Response A, text' })
  await heard.waitFor()
  if (await heard.getByText('Own letter').isVisible()) await page.keyboard.press('s')
  await heard.filter({ hasNotText: 'Own letter' }).waitFor()
  return { page }
}

const marked = (page: Page, name: string): Promise<string[]> =>
  page.evaluate(`[...(CSS.highlights.get('${name}') ?? [])].map((range) => range.toString())`)

test('of a long conversation the last exchange is in sight; the turns before it are a line that opens', async () => {
  const turns = Array.from({ length: 99 }, (_, index) =>
    say(index % 2 === 0 ? 'user' : 'assistant', `**Turn ${index}** asks [here](https://example.org)`),
  )
  const { page } = await atTask([say('system', 'Be kind.'), ...turns], ['First.', 'Second.'])
  const context = page.getByRole('region', { name: 'Conversation so far, 100 turns' })
  const turn = (number: number) => context.getByText(`Turn ${number} asks here`)
  await context.locator('strong', { hasText: 'Turn 98' }).waitFor()
  await context.getByText('Be kind.').waitFor()
  expect(await turn(4).count()).toBe(0)
  await lookAt(page, 'workbench-long-conversation', [], TWO_LOOKS)
  await page.setViewportSize({ width: 1440, height: 900 })

  const earlier = context.getByRole('button', { name: '97 earlier turns' })
  await earlier.focus()
  await page.keyboard.press('Enter')
  // Without the marks of its Markdown.
  await turn(4).waitFor()
  // The last user turn is out of sight now, and its beginning stands above.
  await context.locator('summary', { hasText: 'Turn 98 asks here' }).waitFor()
  await earlier.click()
  await expect.poll(() => turn(4).count()).toBe(0)

  await page.keyboard.press('Control+f')
  await page.getByRole('textbox', { name: 'Find' }).fill('turn 4 asks')
  await page.getByText('1 of 1').waitFor()
  await context.locator('strong', { hasText: /^Turn 4$/ }).waitFor()
})

test('the word diff and scrolling together have keys, and of several responses one says with which it compares', async () => {
  const team = await site.server.newTeam()
  const project = await launchTemplate(team, 'rank-responses', 1)
  const { page } = await site.visit(await site.server.newTrainer(), `/judge/${project.id}`, { width: 1900 })
  // Its keys come with the question.
  await page.locator('.rank-item').first().waitFor()
  const sync = page.getByRole('button', { name: 'Synced scroll' })
  const pressed = await sync.getAttribute('aria-pressed')
  await page.keyboard.press('l')
  await expect.poll(() => sync.getAttribute('aria-pressed')).not.toBe(pressed)
  await page.keyboard.press('w')
  const against = page.getByRole('combobox', { name: 'Response with which the others are compared' })
  await expect.poll(() => against.inputValue()).toBe('0')
  const words = () => marked(page, 'word-diff')
  await expect.poll(async () => (await words()).length).toBeGreaterThan(0)
  const before = await words()
  await against.selectOption('compared with B')
  await expect.poll(words).not.toEqual(before)
  // Where one is shown at a time it is still there.
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Word diff', pressed: true }).waitFor()
  await page.setViewportSize({ width: 1900, height: 900 })
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog')
  await keys.getByText('Word diff').waitFor()
  await escapeFrom(page, keys)
})

test('what is said in passing stands in an open dialog, not over its acts', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(2))
  const { page } = await site.visit(trainer, `/judge/${project.id}`)
  const bench = workbenchOf(page)
  const one = await bench.shown()
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await bench.toasts.getByText('+$0.50').waitFor()
  await bench.shown(one.id)
  await page.keyboard.press('f')
  const dialog = page.getByRole('dialog')
  const undo = dialog.locator('.toasts').getByRole('button', { name: 'Undo' })
  await undo.waitFor()
  const foot = await dialog.locator('.dialog-foot').boundingBox()
  const toast = await dialog.locator('.toast').last().boundingBox()
  expect((toast?.y ?? 0) + (toast?.height ?? 0)).toBeLessThanOrEqual((foot?.y ?? 0) + 1)
  await escapeFrom(page, dialog)
  await bench.toasts.getByRole('button', { name: 'Undo' }).waitFor()
})

test('the last judgments of all projects can be corrected from a page of their own', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const projects = [
    await launchPairs(team, plainPairs(1), { name: 'Kitchen physics' }),
    await launchPairs(team, plainPairs(1), { name: 'Cellar chemistry' }),
  ]
  for (const { id } of projects) {
    const { assignment } = await trainer.client.nextAssignment({ body: { projectId: id } })
    if (!assignment) throw new Error('There is no task.')
    await trainer.client.submitJudgment({
      params: { id: assignment.id },
      body: {
        epoch: assignment.epoch,
        answer: { preference: { outcome: 'a', strength: -2 }, reason: 'Water boils at sea level, too.' },
        activeMs: 5_000,
        next: false,
      },
    })
  }
  const { page } = await site.visit(trainer, '/home')
  await page.getByRole('link', { name: 'My recent work' }).click()
  await page.getByRole('heading', { name: 'My recent work' }).waitFor()
  const rows = page.getByRole('row').filter({ hasText: 'what boils' })
  await expect.poll(() => rows.count()).toBe(2)
  await lookAt(page, 'recent-work', [])
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('combobox', { name: 'Project' }).selectOption('Cellar chemistry')
  await expect.poll(() => rows.count()).toBe(1)
  await rows.getByRole('link', { name: 'Correct' }).click()
  await page.getByRole('heading', { name: 'Correct your answer' }).waitFor()
})
