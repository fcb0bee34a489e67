import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { lookAt } from './support/look.ts'
import { launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'

const site = useSite()

test('a team builds its own form, sees it in the workbench, and saves it as a template', async () => {
  const team = await site.server.newTeam('owner')
  const { page } = await site.visit(team, '/templates')
  await page.getByRole('heading', { name: 'Compare two responses' }).waitFor()
  await page.getByRole('link', { name: 'Build a form' }).click()
  await page.getByText('things keep the form from working').or(page.getByText('1 thing keeps')).waitFor()

  const add = async (name: string) => {
    await page.getByRole('button', { name: 'Add a question' }).click()
    await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click()
  }
  await add('Choice')
  await page.getByLabel('Question', { exact: true }).fill('May it be sent?')
  await page.getByText('The form works').waitFor()
  // What trainers will see answers as they will answer it.
  const preview = page.getByRole('region', { name: 'Preview' })
  await preview.getByText('May it be sent?').first().waitFor()

  await add('Text')
  await page.getByLabel('Question', { exact: true }).fill('What would have to change?')
  await page.getByRole('button', { name: 'Ask only under a condition' }).click()
  await page.getByLabel('Comparison').selectOption('is')
  await page.getByLabel('Answer', { exact: true }).selectOption('no')
  await preview.getByRole('radio', { name: /^No/ }).check({ force: true })
  await preview.getByText('What would have to change?').first().waitFor()
  await preview.getByRole('radio', { name: /^Yes/ }).check({ force: true })
  await expect.poll(() => preview.getByRole('textbox').count()).toBe(0)

  // A fault stands beside its field, and the form cannot be saved with it.
  await page.getByText('Help and id').click()
  await page.getByLabel('Id', { exact: true }).fill('choice')
  await page.getByText('The id "choice" is used twice.').waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Save the template' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('The form works').waitFor()

  await page.getByLabel('Name', { exact: true }).fill('May it be sent?')
  await page.getByRole('button', { name: 'Save the template' }).click()
  await page.getByText('The template is saved.').waitFor()
  const own = (await team.client.listTemplates()).items.find((each) => each.organizationId !== null)
  expect(own?.form.questions.map(({ id, type }) => [id, type])).toEqual([
    ['choice', 'choice'],
    ['text', 'text'],
  ])
  await page.getByRole('link', { name: 'Templates' }).first().click()
  await page.getByRole('heading', { name: 'May it be sent?' }).waitFor()
})

test('a form moves by keyboard, out to a file and back in; a file that is no form changes nothing', async () => {
  const team = await site.server.newTeam('owner')
  const project = await launchPairs(team, plainPairs(2))
  const { page } = await site.visit(team, `/projects/${project.id}/form`)
  const preview = page.getByRole('region', { name: 'Preview' })
  // The project's own first task.
  await preview.getByText('Question 1: what boils at 100 °C?').first().waitFor()
  const entries = page
    .getByRole('region', { name: 'What is asked' })
    .getByRole('button', { name: /Why\?|better/ })
  await page.locator('.form-entries .entry').filter({ hasText: 'Why?' }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await page.getByText('Moved to place 1 of 2').waitFor()
  await expect.poll(() => entries.first().innerText()).toContain('Why?')

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export JSON' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  expect(JSON.parse(text).questions.map(({ id }: { id: string }) => id)).toEqual(['reason', 'preference'])

  const take = (name: string, content: string) =>
    page.locator('input[type=file]').setInputFiles({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(content),
    })
  await take('broken.json', text.replace('"reason"', '"preference"'))
  await page.getByRole('dialog').getByText('The id "preference" is used twice.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
  await take('form.json', text.replace('Why?', 'For what reason?'))
  await preview.getByText('For what reason?').waitFor()
  await page.getByRole('button', { name: 'Save the form' }).click()
  await page.getByText('The form is saved.').first().waitFor()
  const saved = await team.client.getProject({ params: { id: project.id } })
  expect(saved.form.questions[0]?.label).toBe('For what reason?')
})

test('gallery and editor, wide and on a phone, in light and dark', async () => {
  const team = await site.server.newTeam('owner')
  const { page } = await site.visit(team, '/templates')
  await page.getByRole('heading', { name: 'Compare two responses' }).waitFor()
  await lookAt(page, 'templates', ['1440-light', '390-light'])
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(new URL('/templates/compare-responses', page.url()).href)
  await page.getByRole('region', { name: 'Preview' }).getByText('Which response is better?').first().waitFor()
  await lookAt(page, 'form-editor', ['1440-light', '1440-dark', '390-light'])
})
