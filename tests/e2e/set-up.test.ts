import { expect, test } from 'vitest'
import { prepareSetup } from '../../apps/server/src/identity/index.ts'
import { TEST_PASSWORD } from '../support/test-server.ts'
import { lookAt } from './support/look.ts'
import { useSite } from './support/site.ts'

const site = useSite({ founded: false })

test('an empty instance is set up by the printed link, once', async () => {
  const { token } = (await prepareSetup(site.server.deps)) ?? { token: '' }
  // Every way in leads there.
  const { page, watch } = await site.visit(null, '/')
  watch.expect(/status of 400/)
  await page.getByRole('heading', { name: 'Set up this instance' }).waitFor()

  await page.goto(`/setup?token=${token}`)
  await expect.poll(() => page.getByLabel('Set-up token').inputValue()).toBe(token)
  await lookAt(page, 'set-up')
  await page.getByLabel('Set-up token').fill('a-token-that-nobody-printed')
  await page.getByLabel('Your name').fill('Oluwaseun Bakare')
  await page.getByLabel('Email').fill('operator@test.example')
  await page.getByLabel('Password', { exact: true }).fill(TEST_PASSWORD)
  await page.getByLabel('Organization').fill('Linden Row')
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByText('Not the token that the server printed.').waitFor()
  await page.getByLabel('Set-up token').fill(token)
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByText('No projects yet').waitFor()
  await page.goto('/operator')
  await page.getByText('Everything works.').waitFor()

  const later = await site.visit(null, `/setup?token=${token}`)
  await later.page.getByText('This instance is set up').waitFor()
})
