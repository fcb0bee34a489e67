import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { expect, onTestFinished, test } from 'vitest'
import { useSite } from './support/site.ts'

const site = useSite()

/** A program of the team: what it got, and what it answers. */
async function receiver() {
  const got: { headers: Record<string, string>; body: string }[] = []
  const state = { status: 500 }
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString()
    got.push({ headers: request.headers as Record<string, string>, body })
    response.writeHead(state.status).end(state.status === 200 ? 'Thanks.' : 'Not today.')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`, got, state }
}

test('a team adds an endpoint, tries it, sees what came of it, sends it again and makes a new secret', async () => {
  const team = await site.server.newTeam()
  const program = await receiver()
  const { page, watch } = await site.visit(team, '/organization')
  watch.expect(/status of 400/)
  await page.getByRole('link', { name: 'Webhooks' }).click()
  await page.getByText('Nobody is told yet').waitFor()
  await page.getByRole('button', { name: 'Add an endpoint' }).click()
  const dialog = page.getByRole('dialog')

  await dialog.getByLabel('Address').fill('https://192.168.1.5/hooks')
  await dialog.getByRole('button', { name: 'Add the endpoint' }).click()
  await dialog.getByText('is not on the public internet', { exact: false }).waitFor()
  await dialog.getByLabel('Address').fill(program.url)
  await dialog.getByLabel('Export ready').check()
  await dialog.getByRole('button', { name: 'Add the endpoint' }).click()
  await dialog.getByText('shown only this once', { exact: false }).waitFor()
  const secret = await dialog.locator('.copy-text code').innerText()
  expect(secret).toMatch(/^whsec_/)
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  await page.getByText('Task finished, Export ready').waitFor()

  const acts = page.getByRole('button', { name: `Acts on ${program.url}` })
  await acts.click()
  await page.getByRole('menuitem', { name: 'Send a test' }).click()
  const log = page.getByRole('dialog', { name: `Deliveries to ${program.url}` })
  await log.getByText('1 try', { exact: false }).click()
  await log.getByText('Not today.').waitFor()
  program.state.status = 200
  // Five seconds later it is tried once more, by itself.
  await log.getByText('arrived').waitFor()
  await log.getByText('Thanks.').waitFor()
  await log.getByRole('button', { name: /^Send msg_/ }).click()
  await log.getByText('3 tries').waitFor()
  for (const message of program.got) new Webhook(secret).verify(message.body, message.headers)
  expect(new Set(program.got.map((message) => message.headers['webhook-id'])).size).toBe(1)
  await page.keyboard.press('Escape')

  await acts.click()
  await page.getByRole('menuitem', { name: 'New secret' }).click()
  await page.getByRole('button', { name: 'Make a new secret' }).click()
  await page.getByText('The secret before signs, too, until', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await acts.click()
  await page.getByRole('menuitem', { name: 'Turn off' }).click()
  await page.getByRole('cell', { name: 'off', exact: true }).waitFor()
  await acts.click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete the endpoint' }).click()
  await page.getByText('Nobody is told yet').waitFor()
})
