import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { imageLine, picture, png, zipOf } from '../support/images.ts'
import type { TestPerson } from '../support/test-server.ts'
import { useSite } from './support/site.ts'
import { escapeFrom, focusOn, keyboardIn } from './support/workbench.ts'

const site = useSite()

async function draft(team: TestPerson & { organizationId: string }): Promise<string> {
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'What the picture shows',
      organizationId: team.organizationId,
      overlap: 1,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
    },
  })
  return id
}

test('a folder of rows and images is imported, and the images are shown and looked at closely', async () => {
  const team = await site.server.newTeam()
  const id = await draft(team)
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-e2e-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'images'))
  await writeFile(join(folder, 'images/a.png'), await picture(1, 1_600, 900).png().toBuffer())
  const row = imageLine('a', 'images/a.png').replace('One answer.', 'One answer: ![inline](images/a.png)')
  await writeFile(join(folder, 'rows.jsonl'), row)

  const { page } = await site.visit(team, `/projects/${id}/settings`)
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a folder' }).click(),
  ])
  await chooser.setFiles(folder)
  await page.getByText('with 1 file beside the rows').waitFor()
  // Before anything is sent it is shown from the disk.
  for (const name of ['A chart', 'inline']) {
    const shown = page.getByRole('button', { name: `Look at the image closely: ${name}` }).locator('img')
    await expect
      .poll(() => shown.evaluate((each) => (each as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(1_600)
    await expect.poll(() => shown.getAttribute('src')).toMatch(/^blob:/)
  }
  await page.getByRole('button', { name: /^Import / }).click()
  await page.getByText('1 task is in.').waitFor()

  await team.client.fundProject({ params: { id }, body: { amount: { amount: '10.00', currency: 'USD' } } })
  await team.client.launchProject({ params: { id } })
  const trainer = await site.server.newTrainer()
  const work = await site.visit(trainer, `/judge/${id}`)
  const image = work.page.getByRole('button', { name: 'Look at the image closely: A chart' })
  await image.waitFor()
  const natural = () =>
    image.locator('img').evaluate((each) => (each as unknown as { naturalWidth: number }).naturalWidth)
  await expect.poll(natural).toBe(1_600)

  await work.page.getByRole('button', { name: 'Look at the image closely: inline' }).waitFor()

  // By keyboard: open, zoom, move, close; the focus comes back to the image.
  await image.focus()
  await work.page.keyboard.press('Enter')
  const viewer = work.page.getByRole('dialog', { name: 'A chart' })
  await keyboardIn(viewer)
  const transform = () =>
    viewer
      .locator('img')
      .evaluate((each) => (each as unknown as { style: { transform: string } }).style.transform)
  await expect.poll(transform).toMatch(/translate\(0px, 0px\) scale\(0\.\d+\)/)
  await work.page.keyboard.press('1')
  await viewer.getByText('100 %').waitFor()
  await work.page.keyboard.press('ArrowRight')
  await expect.poll(transform).toMatch(/translate\(-\d+(\.\d+)?px, 0px\) scale\(1\)/)
  await work.page.keyboard.press('0')
  await expect.poll(transform).toMatch(/translate\(0px, 0px\) scale\(0\.\d+\)/)
  await escapeFrom(work.page, viewer)
  await focusOn(image)
})

test('a zip is looked at before it is sent, and says which rows lack their image', async () => {
  const team = await site.server.newTeam()
  const id = await draft(team)
  const { page } = await site.visit(team, `/projects/${id}/settings`)
  const choose = (name: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/zip', buffer })
  await choose('none.zip', zipOf({ 'a.png': await png(1) }))
  await page.getByText('There is no file with rows').waitFor()
  await page.getByRole('button', { name: 'Another file' }).click()
  const rows = [
    imageLine('a', 'a.png'),
    imageLine('b', 'b.png'),
    imageLine('c', 'https://elsewhere.example/c.png'),
  ]
  await choose('some.zip', zipOf({ 'a.png': await png(2), 'rows.jsonl': rows.join('\n') }))
  await page.getByText('Image: A chart').first().waitFor()
  await page.getByRole('button', { name: 'Import some.zip' }).click()
  await page.getByText('1 task is in.').waitFor()
  await page.getByText('There is no "b.png" beside the file.').waitFor()
  await page.getByText('nothing is fetched from elsewhere', { exact: false }).waitFor()
})

test('an image that cannot be loaded says so, and is tried again', async () => {
  const team = await site.server.newTeam()
  const id = await draft(team)
  await team.client.importTasks({
    params: { id },
    query: { format: 'raw' },
    body: new Uint8Array(zipOf({ 'a.png': await png(3), 'rows.jsonl': imageLine('a', 'a.png') })),
  })
  await team.client.fundProject({ params: { id }, body: { amount: { amount: '10.00', currency: 'USD' } } })
  await team.client.launchProject({ params: { id } })
  const { page, context, watch } = await site.visit(await site.server.newTrainer(), '/')
  watch.expect(/net::ERR_FAILED|Failed to load resource/)
  await context.route('**/api/v1/media/*', (route) => route.abort())
  await page.goto(`/judge/${id}`)
  await page.getByText('The image could not be loaded.').waitFor()
  await context.unroute('**/api/v1/media/*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Look at the image closely: A chart' }).waitFor()
})
