import { afterEach, expect, test } from 'vitest'
import type { TestPerson } from '../support/test-server.ts'
import { changeRows } from './support/database.ts'
import { type Gate, openGate } from './support/gate.ts'
import { judgmentsOf, launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { workbenchOf } from './support/workbench.ts'

const site = useSite()
const TEXT = 'Half a sentence about wat'

let gate: Gate | undefined
afterEach(async () => {
  await gate?.shut()
  gate = undefined
})

async function atWork(pairs: number) {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(pairs))
  return { team, trainer, project, path: `/judge/${project.id}` }
}

/** The assignment that a trainer holds, as the server has it. */
async function held(trainer: TestPerson, projectId: string) {
  const { assignment } = await trainer.client.nextAssignment({ body: { projectId } })
  if (!assignment) throw new Error('The trainer holds nothing.')
  return assignment
}

/** Lets a lease run out, also when the page renews it at the same moment, and waits until the server has noticed. */
async function expire(id: string) {
  const past =
    "update assignments set expires_at = now() - interval '1 minute' where id = $1 and state = 'live'"
  const expired = "select 1 from assignments where id = $1 and state = 'expired'"
  await expect
    .poll(async () => {
      await changeRows(site.server, past, [id])
      return changeRows(site.server, expired, [id])
    })
    .toBe(1)
}

test('a reload in the middle of a word brings everything back', async () => {
  const { trainer, project, path } = await atWork(2)
  const { page } = await site.visit(trainer, path)
  const bench = workbenchOf(page)
  const before = await bench.shown()
  await page.keyboard.press('3')
  await bench.reason.pressSequentially(TEXT)
  await page.reload()
  expect(await bench.shown()).toEqual(before)
  await expect.poll(() => bench.reason.inputValue()).toBe(TEXT)
  await expect.poll(() => bench.choice(3).isChecked()).toBe(true)
  // It also comes to the server without another key being pressed.
  await page.getByText(/Draft saved/).waitFor()
  await expect.poll(async () => (await held(trainer, project.id)).draft?.answer.reason).toBe(TEXT)
})

test('a draft follows its person to another computer', async () => {
  const { trainer, path } = await atWork(1)
  const first = await site.visit(trainer, path)
  await workbenchOf(first.page).reason.fill(TEXT)
  await first.page.getByText(/Draft saved/).waitFor()
  const second = await site.visit(trainer, path)
  await workbenchOf(second.page).shown()
  await expect.poll(() => workbenchOf(second.page).reason.inputValue()).toBe(TEXT)
})

test('an answer that is given while the server is gone is sent once it is back, once', async () => {
  const { team, trainer, project, path } = await atWork(3)
  const way = await openGate(site.server.url)
  gate = way
  const { page, context, watch } = await site.visit(trainer, path, { url: way.url })
  watch.expect(/net::ERR_/)
  const bench = workbenchOf(page)
  const one = await bench.shown()
  await page.keyboard.press('1')
  await bench.reason.pressSequentially('Written before')
  await page.getByText(/Draft saved/).waitFor()

  await way.shut()
  await bench.reason.pressSequentially(' and while it was gone.')
  await page.getByText('Offline: kept in this browser').waitFor()
  await page.getByText('Offline. Everything is kept in this browser.').waitFor()
  await page.keyboard.press('Control+Enter')
  // Whether the next task was at hand already or not, the page says that an answer waits.
  await page.getByText(/Offline. 1 answer waits to be sent|Your answer is on its way/).waitFor()
  expect((await judgmentsOf(team, project.id))[one.id] ?? []).toEqual([])

  // The tab is closed before the server is back; the answer goes out from the next one.
  await page.close()
  await way.open()
  const later = await context.newPage()
  await later.goto(path)
  const benchLater = workbenchOf(later)
  await benchLater.toasts.getByText('+$0.50').waitFor()
  await benchLater.shown(one.id)
  const answers = (await judgmentsOf(team, project.id))[one.id]
  expect(answers).toMatchObject([
    { answer: { reason: 'Written before and while it was gone.' }, late: false },
  ])
  const { balances } = await trainer.client.getEarnings()
  expect(balances).toMatchObject([{ pending: '0.50' }])
})

test('an answer whose receipt gets lost on the way is not counted twice', async () => {
  const { team, trainer, project, path } = await atWork(2)
  const { page, watch } = await site.visit(trainer, path)
  watch.expect(/net::ERR_/)
  const bench = workbenchOf(page)
  const one = await bench.shown()
  let lost = 0
  await page.route('**/submit', async (route) => {
    const answer = await route.fetch()
    if (lost > 0) return route.fulfill({ response: answer })
    lost += 1
    await route.abort('connectionreset')
  })
  await page.keyboard.press('2')
  await page.keyboard.press('Enter')
  await bench.toasts.getByText('+$0.50').waitFor()
  expect(lost).toBe(1)
  expect((await judgmentsOf(team, project.id))[one.id]).toHaveLength(1)
  expect((await trainer.client.getEarnings()).balances).toMatchObject([{ pending: '0.50' }])
})

test('two tabs on one task: the first answer counts, and the second tab says so and loses nothing', async () => {
  const { team, trainer, project, path } = await atWork(1)
  const { page: one, context, watch } = await site.visit(trainer, path)
  watch.expect(/status of 409/)
  const benchOne = workbenchOf(one)
  await benchOne.shown()
  const two = await context.newPage()
  await two.goto(path)
  const benchTwo = workbenchOf(two)
  await benchTwo.shown()

  await two.keyboard.press('6')
  await benchTwo.reason.fill('From the second tab.')
  await two.getByText(/Draft saved/).waitFor()
  await two.keyboard.press('Control+Enter')
  await two.getByText('No work for you here right now').waitFor()

  // The first tab had nothing of its own, and followed the second before that one submitted.
  const banner = one.getByRole('alert').filter({ hasText: 'You submitted this task in another tab' })
  await banner.waitFor()
  await benchOne.reason.fill('From the first tab.')
  await one.keyboard.press('Control+Enter')
  await banner.waitFor()
  expect((await judgmentsOf(team, project.id)).t1).toMatchObject([
    { answer: { reason: 'From the second tab.' } },
  ])

  // What stands there is not lost: it can correct the answer that was submitted.
  await banner.getByRole('button', { name: 'Correct with this version' }).click()
  await one.getByRole('button', { name: 'Submit correction' }).click()
  await benchOne.toasts.getByText('Corrected.').waitFor()
  await expect
    .poll(async () => (await judgmentsOf(team, project.id)).t1?.at(-1)?.answer.reason)
    .toBe('From the first tab.')
})

test('two devices on one task: both versions are kept until one is chosen', async () => {
  const { trainer, project, path } = await atWork(1)
  const first = await site.visit(trainer, path)
  const second = await site.visit(trainer, path)
  second.watch.expect(/status of 409/)
  await workbenchOf(first.page).shown()
  await workbenchOf(second.page).shown()
  await workbenchOf(first.page).reason.fill('From the first device.')
  await first.page.getByText(/Draft saved/).waitFor()

  await workbenchOf(second.page).reason.fill('From the second device.')
  const banner = second.page.getByRole('alert').filter({ hasText: 'There are two versions' })
  await banner.waitFor()
  expect((await held(trainer, project.id)).draft?.answer.reason).toBe('From the first device.')
  await banner.getByRole('button', { name: 'Look at both' }).click()
  const versions = second.page.getByRole('dialog')
  await versions.getByText('From the first device.').waitFor()
  await versions.getByText('From the second device.').waitFor()
  await versions
    .getByRole('region', { name: 'In this tab' })
    .getByRole('button', { name: 'Go on with this one' })
    .click()
  await banner.waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await held(trainer, project.id)).draft?.answer.reason)
    .toBe('From the second device.')

  // Now the first device is behind; it takes the other version.
  first.watch.expect(/status of 409/)
  await workbenchOf(first.page).reason.fill('From the first device, again.')
  await first.page.getByRole('button', { name: 'Look at both' }).click()
  await first.page.getByRole('button', { name: 'Go on with this one' }).last().click()
  await expect.poll(() => workbenchOf(first.page).reason.inputValue()).toBe('From the second device.')
})

test('after the lease ran out the draft stays, and one click goes on', async () => {
  const { team, trainer, project, path } = await atWork(1)
  const { page, watch } = await site.visit(trainer, path)
  watch.expect(/status of 409/)
  const bench = workbenchOf(page)
  await bench.shown()
  await page.keyboard.press('5')
  // A task that is fetched ahead while the lease has run out would be this one again, and the page would just go on.
  await expect
    .poll(() => watch.requests.filter((each) => each.endsWith('/assignments/next')).length)
    .toBeGreaterThan(1)
  await page.getByText(/Draft saved/).waitFor()
  await expire((await held(trainer, project.id)).id)
  await bench.reason.pressSequentially(TEXT)
  const banner = page.getByRole('alert').filter({ hasText: 'The lease of this task ran out.' })
  await banner.waitFor()
  await expect.poll(() => bench.reason.inputValue()).toBe(TEXT)

  await banner.getByRole('button', { name: 'Resume' }).click()
  await banner.waitFor({ state: 'detached' })
  await expect.poll(() => bench.reason.inputValue()).toBe(TEXT)
  await expect.poll(() => bench.choice(5).isChecked()).toBe(true)
  await bench.reason.press('Control+Enter')
  await page.getByText('No work for you here right now').waitFor()
  expect((await judgmentsOf(team, project.id)).t1).toMatchObject([{ answer: { reason: TEXT }, late: false }])
})

test('an answer to a task that somebody else has by now is kept and paid as late', async () => {
  const { team, trainer, project, path } = await atWork(1)
  const { page, watch } = await site.visit(trainer, path)
  watch.expect(/status of 409/)
  // Whoever renews the lease hears that it is gone.
  await page.route('**/heartbeat', () => undefined)
  const bench = workbenchOf(page)
  await bench.shown()
  await page.keyboard.press('5')
  await page.getByText(/Draft saved/).waitFor()
  await expire((await held(trainer, project.id)).id)
  const other = await site.server.newTrainer()
  await held(other, project.id)

  // The page has not heard of it: the answer goes out as it is.
  await page.keyboard.press('Enter')
  await bench.toasts.getByText('counted as late, and paid').waitFor()
  expect((await judgmentsOf(team, project.id)).t1).toMatchObject([{ late: true }])
  expect((await trainer.client.getEarnings()).balances).toMatchObject([{ pending: '0.50' }])
})

test.for([
  { name: 'before the receipt of the first answer', ends: 1, late: false },
  { name: 'before the first receipt, which comes after the second answer', ends: 1, late: true },
  { name: 'after the second answer', ends: 2, late: false },
])(
  'a task that is fetched ahead while it is handed out, too, is shown once: $name',
  async ({ ends, late }) => {
    const { team, trainer, project, path } = await atWork(2)
    const { page } = await site.visit(trainer, '/home')
    const bench = workbenchOf(page)
    const fetched = Promise.withResolvers<void>()
    const answeredTwice = Promise.withResolvers<void>()
    let fetches = 0
    await page.route('**/assignments/next', async (route) => {
      fetches += 1
      const answer = await route.fetch()
      // The second is the one ahead.
      if (fetches === 2) await fetched.promise
      await route.fulfill({ response: answer })
    })
    let answers = 0
    await page.route('**/submit', async (route) => {
      answers += 1
      const answer = await route.fetch()
      if (answers === ends) {
        const arrived = page.waitForResponse('**/assignments/next')
        fetched.resolve()
        await arrived
      }
      if (answers === 1 && late) await answeredTwice.promise
      await route.fulfill({ response: answer })
    })
    await page.goto(path)
    const one = await bench.shown()
    await expect.poll(() => fetches).toBe(2)
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    const two = await bench.shown(one.id)
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await bench.response('A').waitFor({ state: 'detached' })
    answeredTwice.resolve()
    await page.getByText('No work for you here right now').waitFor()
    const judged = Object.entries(await judgmentsOf(team, project.id)).filter(([, list]) => list.length === 1)
    expect(judged.map(([id]) => id).toSorted()).toEqual([one.id, two.id].toSorted())
  },
)
