import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { lookAt } from './support/look.ts'
import { launchPairs, plainPairs } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { tabTo } from './support/workbench.ts'

const site = useSite()

/** Once on each size and in each theme. */
const TWO = ['1440-light', '390-dark'] as const

/** What a program of the team got. */
async function receiver() {
  const got: { type: string; data: Record<string, unknown> }[] = []
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString()
    got.push(JSON.parse(body))
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`, got }
}

/** One task with a judgment of the trainer, for whom there is nothing left to do. */
async function judged() {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchPairs(team, plainPairs(1), { overlap: 1 })
  const { assignment } = await trainer.client.nextAssignment({ body: { projectId: project.id } })
  if (!assignment) throw new Error('nothing to judge')
  const { judgment } = await trainer.client.submitJudgment({
    params: { id: assignment.id },
    body: {
      epoch: assignment.epoch,
      answer: { preference: { outcome: 'a', strength: -2 }, reason: 'Water boils at 100 °C at sea level.' },
      activeMs: 42_000,
      next: false,
    },
  })
  const name = assignment.task.externalId ?? ''
  return {
    team,
    trainer,
    project,
    judgment,
    name,
    sheet: `/projects/${project.id}/tasks?task=${judgment.taskId}`,
  }
}

test('a reviewer flags a judgment; a program of the team and the author are told', async () => {
  const { team, trainer, project, name, sheet } = await judged()
  const reviewer = await site.server.addToTeam(team.organizationId, 'reviewer')
  const program = await receiver()
  await team.client.createWebhook({
    params: { id: team.organizationId },
    body: { url: program.url, events: ['judgment.flagged'] },
  })
  const { page } = await site.visit(reviewer, sheet)
  const panel = page.getByRole('dialog', { name: `Task ${name}` })
  await panel.getByRole('button', { name: 'Flag the judgment of' }).click()
  const form = page.getByRole('dialog', { name: /^Flag the judgment/ })
  await form.getByRole('button', { name: 'Flag the judgment' }).click()
  await form.getByText('Fill this in.').waitFor()
  await form.getByLabel('Does not follow the guideline').check()
  await form.getByLabel('Why').fill('The guideline asks for the shorter one where both are right.')
  await form.getByRole('button', { name: 'Flag the judgment' }).click()
  await panel.getByText('In question: Does not follow the guideline').waitFor()
  await panel.getByText('The guideline asks for the shorter one where both are right.').waitFor()
  await panel.getByText('The pay does not change.', { exact: false }).waitFor()
  // Its consensus follows by itself.
  await panel.getByText('No judgment of it counts').waitFor()
  await expect.poll(() => panel.getByRole('button', { name: 'Flag the judgment of' }).count()).toBe(0)
  await lookAt(page, 'judgment-flag', [])
  await expect
    .poll(() => program.got, { timeout: 15_000 })
    .toMatchObject([
      {
        type: 'judgment.flagged',
        data: { projectId: project.id, kind: 'off_guideline', memberId: reviewer.userId },
      },
    ])

  const work = await site.visit(trainer, `/judge/${project.id}`)
  await work.page.getByRole('link', { name: 'My recent work' }).click()
  await work.page.getByText('A reviewer has a question about this judgment', { exact: false }).waitFor()
  await work.page.getByText('Your pay for it does not change.', { exact: false }).waitFor()
  await lookAt(work.page, 'recent-work-flag', [], TWO)
})

test('the overview lists judgments in question, and another reviewer leaves one out', async () => {
  const { team, project, judgment, name, sheet } = await judged()
  const reviewer = await site.server.addToTeam(team.organizationId, 'reviewer')
  await reviewer.client.flagJudgment({
    params: { id: judgment.id },
    body: { kind: 'off_guideline', note: 'The guideline asks for the shorter one where both are right.' },
  })
  const boss = await site.visit(team, `/projects/${project.id}`)
  await boss.page.getByRole('link', { name: 'See and decide' }).click()
  const list = boss.page.getByRole('region', { name: 'Judgments in question' }).first()
  await list.getByRole('link', { name }).waitFor()
  await lookAt(boss.page, 'questioned-judgments', [], TWO)
  await boss.page.getByRole('button', { name: 'Decide about the flag' }).click()
  const decision = boss.page.getByRole('dialog', { name: /^Decide about the judgment/ })
  await decision.getByLabel('Keep it').waitFor()
  await expect.poll(() => decision.getByLabel('Withdraw the flag').count()).toBe(0)
  await decision.getByLabel('Leave it out for good').check()
  await decision.getByLabel('Your reason').fill('Too short')
  await decision.getByRole('button', { name: 'Leave it out' }).click()
  await decision.getByText('10', { exact: false }).waitFor()
  await decision.getByLabel('Your reason').fill('The longer one is not what we asked for.')
  await lookAt(boss.page, 'decide-flag', [], TWO)
  await decision.getByRole('button', { name: 'Leave it out' }).click()
  await boss.page.getByText('The judgment is left out.').waitFor()
  await expect.poll(() => list.count()).toBe(0)

  const { page } = await site.visit(reviewer, sheet)
  const panel = page.getByRole('dialog', { name: `Task ${name}` })
  await panel.getByText('Left out for good: Does not follow the guideline').waitFor()
  await panel.getByText('The longer one is not what we asked for.').waitFor()
})

test('the sheet shows what a trainer corrected, by keyboard; a flag that its reviewer withdraws is gone', async () => {
  const { team, trainer, judgment, name, sheet } = await judged()
  const correct = async (id: string, outcome: string, strength: number, reason: string) => {
    const { judgment: corrected } = await trainer.client.correctJudgment({
      params: { id },
      body: { answer: { preference: { outcome, strength }, reason }, activeMs: 5_000 },
    })
    return corrected.id
  }
  const second = await correct(judgment.id, 'b', 1, 'Most liquids boil at some point.')
  await correct(second, 'b', 3, 'Most liquids boil at some point.')

  const { page } = await site.visit(team, sheet)
  const panel = page.getByRole('dialog', { name: `Task ${name}` })
  const summary = panel.getByText('Corrected 2 times')
  await summary.waitFor()
  await tabTo(page, summary)
  await page.keyboard.press('Enter')
  const versions = panel.locator('.judgment-history li')
  await expect.poll(() => versions.count()).toBe(3)
  await expect.poll(() => versions.nth(0).innerText()).toMatch(/^Submitted/)
  const first = versions.nth(1)
  await expect.poll(() => first.innerText()).toMatch(/^Correction 1/)
  await expect.poll(() => first.locator('dt').allInnerTexts()).toEqual(['Before', 'After', 'Before', 'After'])
  await first.getByText('Water boils at 100 °C at sea level.').waitFor()
  await first.getByText('Most liquids boil at some point.').waitFor()
  // The reason is the same in the second one, and so is not shown.
  await expect.poll(() => versions.nth(2).locator('dt').allInnerTexts()).toEqual(['Before', 'After'])
  await lookAt(page, 'judgment-history', [])

  await panel.getByRole('button', { name: 'Flag the judgment of' }).click()
  const form = page.getByRole('dialog', { name: /^Flag the judgment/ })
  await form.getByLabel('Why').fill('Is the second one really better?')
  await form.getByRole('button', { name: 'Flag the judgment' }).click()
  await panel.getByRole('button', { name: 'Decide about the flag' }).click()
  const decision = page.getByRole('dialog', { name: /^Decide about the judgment/ })
  await decision.getByLabel('Withdraw the flag').check()
  await decision.getByRole('button', { name: 'Withdraw the flag' }).click()
  await panel.getByText('Flagged once: Looks careless').waitFor()
  await panel.getByRole('button', { name: 'Flag the judgment of' }).waitFor()
})
