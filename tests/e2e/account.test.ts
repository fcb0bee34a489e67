import { createClient } from '@groundwork/client'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { TEST_PASSWORD } from '../support/test-server.ts'
import { useSite } from './support/site.ts'
import { totp } from './support/totp.ts'

const site = useSite()
const NEW_PASSWORD = 'another password, quite long'

/** Links name the server's public address; the tests know it by its port. */
const pathOf = (link: string) => {
  const { pathname, search } = new URL(link)
  return pathname + search
}

async function signIn(page: Page, email: string, password: string) {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function signOut(page: Page, name: string) {
  await page.getByRole('button', { name }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}

test('somebody signs up, becomes a trainer, signs out and in again', async () => {
  const { page, watch } = await site.visit(null, '/sign-up?as=trainer')
  // Creating the account leads on at once; a wrong password is refused with 401.
  watch.expect(/status of 401/)
  await page.getByLabel('Name').fill('Amara Diallo')
  await page.getByLabel('Email').fill('amara@test.example')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByText('At least 12 characters.').first().waitFor()
  await page.getByLabel('Password', { exact: true }).fill(TEST_PASSWORD)
  await page.getByRole('button', { name: 'Create the account' }).click()

  await page.getByRole('heading', { name: 'What are you good at?' }).waitFor()
  await page.getByLabel('Country').selectOption({ label: 'Senegal' })
  await page.getByLabel('Language', { exact: true }).first().selectOption('fr')
  await page.getByLabel('Level').first().selectOption('native')
  await page.getByRole('button', { name: 'Become a trainer' }).click()
  await page.getByRole('heading', { name: 'This week' }).waitFor()

  await signOut(page, 'Your account')
  await page.goto('/earnings')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await signIn(page, 'amara@test.example', 'not the password')
  await page.getByText('This mail address and this password do not belong together.').waitFor()
  await signIn(page, 'amara@test.example', TEST_PASSWORD)
  // To where one wanted to go.
  await page.getByRole('heading', { name: 'Earnings' }).waitFor()
})

test('a forgotten password is chosen anew by the link that the operator hands over', async () => {
  const person = await site.server.newPerson('Forgetful')
  const forgetful = await site.visit(null, '/sign-in')
  await forgetful.page.getByRole('link', { name: 'Forgotten' }).click()
  await forgetful.page.getByRole('heading', { name: 'A new password' }).waitFor()
  await forgetful.page.getByLabel('Email').fill(person.email)
  await forgetful.page.getByRole('button', { name: 'Send the link' }).click()
  await forgetful.page.getByRole('heading', { name: 'Look into your mail' }).waitFor()

  const operator = await site.visit(site.operator, '/operator')
  const mail = operator.page.getByRole('listitem').filter({ hasText: person.email })
  await mail.getByText('to hand over').waitFor()
  const link = (await mail.locator('code').innerText()).trim()

  await forgetful.page.goto(pathOf(link))
  await forgetful.page.getByLabel('New password').fill(NEW_PASSWORD)
  await forgetful.page.getByRole('button', { name: 'Save the password' }).click()
  await forgetful.page.getByText('The new password holds. Sign in with it.').waitFor()
  await signIn(forgetful.page, person.email, NEW_PASSWORD)
  await forgetful.page.getByText('Welcome to Groundwork').waitFor()

  // The link works once.
  const again = await site.visit(null, pathOf(link))
  again.watch.expect(/status of 400/)
  await again.page.getByLabel('New password').fill(TEST_PASSWORD)
  await again.page.getByRole('button', { name: 'Save the password' }).click()
  await again.page.getByText('This link was used already').waitFor()
})

test('a second factor is set up, asked for, and a backup code replaces it once', async () => {
  const person = await site.server.newPerson('Careful')
  const { page, watch } = await site.visit(person, '/account')
  watch.expect(/status of 40[01]/)
  await page.getByText('Off: the password alone signs in').waitFor()
  await page.getByRole('button', { name: 'Set up the second factor' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Password', { exact: true }).fill(TEST_PASSWORD)
  await dialog.getByRole('button', { name: 'Go on' }).click()
  const secret = (await dialog.locator('.copy-text code').innerText()).replace(/\s/g, '')
  await dialog.getByLabel('Code that the app shows').fill(totp(secret))
  await dialog.getByRole('button', { name: 'Turn it on' }).click()
  await dialog.getByText('Keep these ten codes').waitFor()
  const codes = await dialog.locator('.backup-codes code').allInnerTexts()
  expect(new Set(codes).size).toBe(10)
  await dialog.getByLabel('I have kept the codes').check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByText('On: signing in asks for a code').waitFor()

  await signOut(page, 'Your account')
  await signIn(page, person.email, TEST_PASSWORD)
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await page.getByLabel('Code of your authenticator app').fill('000000')
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('This code is not right.').waitFor()
  await page.getByLabel('Code of your authenticator app').fill(totp(secret))
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('Welcome to Groundwork').waitFor()

  await signOut(page, 'Your account')
  await signIn(page, person.email, TEST_PASSWORD)
  await page.getByRole('button', { name: 'Use a backup code' }).click()
  await page.getByLabel('Backup code').fill(codes[0] ?? '')
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('Welcome to Groundwork').waitFor()
})

test('an API key is shown once, works, and is refused once revoked', async () => {
  const person = await site.server.newPerson('Programmer')
  const { page } = await site.visit(person, '/account/keys')
  await page.getByRole('button', { name: 'Create a key' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('nightly import')
  await dialog.getByRole('button', { name: 'Create a key' }).click()
  await dialog.getByText('Copy the secret now: it is shown only this once').waitFor()
  const secret = (await dialog.locator('.copy-text code').first().innerText()).trim()
  await dialog.getByRole('button', { name: 'I have copied it' }).click()

  const client = createClient({ baseUrl: site.server.url, apiKey: secret })
  expect((await client.getMe()).user.email).toBe(person.email)
  await page.reload()
  await page.getByText('nightly import').waitFor()
  expect(await page.content()).not.toContain(secret)

  await page.getByRole('button', { name: 'Revoke nightly import' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke this key' }).click()
  await page.getByText('“nightly import” is revoked.').waitFor()
  await expect(client.getMe()).rejects.toMatchObject({ status: 401 })
})

test('an invitation leads a newcomer into the organization, with the role', async () => {
  const team = await site.server.newTeam()
  const owner = await site.visit(team, '/organization')
  await owner.page.getByRole('button', { name: 'Invite somebody' }).first().click()
  const dialog = owner.page.getByRole('dialog')
  await dialog.getByLabel('Email').fill('newcomer@test.example')
  await dialog.getByRole('radio', { name: /^reviewer/ }).check()
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
  const link = (await dialog.locator('.copy-text code').innerText()).trim()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await owner.page.getByRole('row').filter({ hasText: 'newcomer@test.example' }).waitFor()

  const { page } = await site.visit(null, pathOf(link))
  await page.getByRole('heading', { name: /^Join Team/ }).waitFor()
  await page.getByRole('link', { name: 'Create an account' }).click()
  await expect.poll(() => page.getByLabel('Email').inputValue()).toBe('newcomer@test.example')
  await page.getByLabel('Name').fill('New Comer')
  await page.getByLabel('Password', { exact: true }).fill(TEST_PASSWORD)
  await page.getByRole('button', { name: 'Create the account and join' }).click()
  await page.getByText('No projects yet').waitFor()

  await owner.page.reload()
  const row = owner.page.getByRole('row').filter({ hasText: 'New Comer' })
  await row.getByLabel('Role of New Comer').selectOption('manager')
  await owner.page.getByText('New Comer is manager now.').waitFor()
  const { items } = await team.client.listMembers({ params: { id: team.organizationId } })
  expect(items.map((member) => member.role).toSorted()).toEqual(['manager', 'owner'])
})

test('the operator sees the state of the instance and its people; others do not', async () => {
  const person = await site.server.newPerson('Zinaida Needle')
  const { page } = await site.visit(site.operator, '/operator')
  await page.getByText('Everything works.').waitFor()
  await page.getByLabel('Search people by name or mail address').fill('needle')
  const row = page.getByRole('row').filter({ hasText: person.email })
  await row.waitFor()
  await row.getByRole('button', { name: 'Make Zinaida Needle an operator' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make operator' }).click()
  await page.getByText('Zinaida Needle is an operator now.').waitFor()

  const other = await site.visit(await site.server.newPerson('Curious'), '/operator')
  other.watch.expect(/status of 403/)
  await other.page.getByText('This page is for operators').waitFor()
})
