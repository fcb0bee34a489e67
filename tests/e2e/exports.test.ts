import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { imageLine, png } from '../support/images.ts'
import { judgeAll } from '../support/judged-project.ts'
import { useSite } from './support/site.ts'

const site = useSite()

test('images come along with an export: told before it is made, and in the zip afterwards', async () => {
  const team = await site.server.newTeam()
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'With pictures',
      organizationId: team.organizationId,
      overlap: 1,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
    },
  })
  for (const n of [1, 2]) {
    const asset = await team.client.uploadMedia({ params: { id }, body: new Uint8Array(await png(n)) })
    await team.client.importTasks({
      params: { id },
      query: { format: 'raw' },
      body: imageLine(`t${n}`, asset.id),
    })
  }
  await team.client.fundProject({ params: { id }, body: { amount: { amount: '10.00', currency: 'USD' } } })
  await team.client.launchProject({ params: { id } })
  const trainer = await site.server.newTrainer()
  await judgeAll(trainer, id, () => ({
    preference: { outcome: 'a', strength: -2 },
    reason: 'The first one says what is in the picture, and the other one does not.',
  }))

  const { page } = await site.visit(team, `/projects/${id}/exports`)
  await page.getByText(/^with 2 images, \d/).waitFor()
  await page.getByText('Files, people and splits').click()
  const images = page.getByRole('combobox', { name: 'Images' })
  await images.selectOption('references')
  await page.getByText(/^2 images stay here, \d/).waitFor()
  await images.selectOption('files')
  await page.getByText(/^with 2 images, \d/).waitFor()
  await page.getByRole('button', { name: 'Create export' }).click()
  await page.getByText('Ready', { exact: true }).waitFor()
  const archive = page.getByRole('link', { name: 'Everything as a zip' })
  await archive.waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), archive.click()])
  const files = unzipSync(new Uint8Array(await readFile(await download.path())))
  expect(Object.keys(files).filter((name) => name.startsWith('images/'))).toHaveLength(2)
  expect(Object.keys(files)).toContain('train.jsonl')
})
