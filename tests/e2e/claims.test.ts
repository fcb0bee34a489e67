import { expect, test } from 'vitest'
import { lookAt } from './support/look.ts'
import { blocks, launchForm } from './support/marking.ts'
import { judgmentsOf } from './support/projects.ts'
import { useSite } from './support/site.ts'
import { escapeFrom, focusOn, tabTo } from './support/workbench.ts'

const site = useSite()

const question = {
  id: 'facts',
  type: 'sources',
  label: 'Check every claim',
  verdicts: [
    { value: 'supported', label: 'Supported' },
    { value: 'contradicted', label: 'Contradicted' },
    { value: 'unclear', label: 'Cannot tell' },
  ],
  sourceFor: ['supported', 'contradicted'],
}
const TEXT = 'Water **boils at 100 °C**. It freezes at 0 °C.'

async function open() {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const project = await launchForm(team, { blocks: blocks(), questions: [question] }, [[TEXT]])
  const { page, watch } = await site.visit(trainer, `/judge/${project.id}`)
  await page.getByRole('button', { name: 'Add a claim' }).waitFor()
  return {
    page,
    watch,
    key: async (...keys: string[]) => {
      for (const each of keys) await page.keyboard.press(each)
    },
    claim: (number: number) => page.getByRole('listitem', { name: `Claim ${number}`, exact: true }),
    answer: async () => {
      await page.getByText('No work for you here right now').waitFor()
      return (await judgmentsOf(team, project.id)).t1?.[0]?.answer.facts
    },
  }
}

test('claims are taken from the text, judged and borne out by keyboard alone', async () => {
  const { page, key, claim, answer } = await open()
  await key('m')
  const reads = page.locator('.cursor-panel .reads')
  await reads.getByText('Water', { exact: true }).waitFor()
  await key('Shift+ArrowDown')
  await key('Shift+Home', 'Escape')
  // Left without a claim; again, and now one.
  await key('m')
  await reads.getByText('Water', { exact: true }).waitFor()
  for (let word = 0; word < 5; word++) await key('Shift+ArrowRight')
  await key('Enter')
  await claim(1).getByText('Misses a verdict').waitFor()
  await key('1')
  await claim(1).getByText('Misses a source').waitFor()
  await tabTo(page, claim(1).getByRole('button', { name: 'Add a source' }))
  await key('Enter')
  await tabTo(page, claim(1).getByRole('textbox', { name: 'Address of source 1' }))
  await page.keyboard.type('example.org/boiling')
  await claim(1).getByText('Give a whole address').waitFor()
  await key('Home')
  await page.keyboard.type('https://')
  await claim(1).getByText('Complete').waitFor()
  await tabTo(page, claim(1).getByRole('textbox', { name: 'What source 1 says' }))
  await page.keyboard.type('It boils at 100 °C.')

  // A second claim that is written, put first, deleted and brought back.
  await key('Escape', 'a')
  await tabTo(page, claim(2).getByRole('textbox'))
  await page.keyboard.type('It freezes at 0 °C')
  await tabTo(page, claim(2).getByRole('radio', { name: 'Supported' }))
  await key('3')
  await claim(2).getByText('Complete').waitFor()
  await page.getByText('All claims are complete').waitFor()
  await key('Alt+PageUp')
  await page.getByText('Claim moved to place 1.').waitFor()
  await tabTo(page, claim(1).getByRole('button', { name: 'Delete claim 1' }))
  await key('Enter')
  await claim(2).waitFor({ state: 'detached' })
  await tabTo(page, page.getByRole('button', { name: 'Undo' }))
  await key('Enter')
  await claim(2).waitFor()
  await key('Control+Enter')

  expect(await answer()).toEqual({
    claims: [
      { claim: 'It freezes at 0 °C', verdict: 'unclear', sources: [] },
      {
        claim: expect.stringMatching(/^Water boils at 100 °C/),
        at: {
          target: 'a:0',
          part: 0,
          start: 0,
          end: expect.any(Number),
          quote: expect.stringMatching(/^Water \*\*boils at 100 °C\*\*/),
        },
        verdict: 'supported',
        sources: [{ url: 'https://example.org/boiling', quote: 'It boils at 100 °C.' }],
      },
    ],
  })
})

test('an address is opened only from the dialog that shows it, and never fetched', async () => {
  const { page, key, claim, watch } = await open()
  await key('a')
  await claim(1).getByRole('textbox').fill('Water is wet')
  await claim(1).getByRole('button', { name: 'Add a source' }).click()
  const url = claim(1).getByRole('textbox', { name: 'Address of source 1' })
  const go = claim(1).getByRole('button', { name: 'Open source 1' })
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', '/operator', 'https://nowhere']) {
    await url.fill(bad)
    await expect.poll(() => go.isDisabled(), { message: bad }).toBe(true)
  }
  await url.fill('https://p\u0430ypal.example/x')
  await go.click()
  // Letters that only look Latin are shown as what the browser would ask for.
  await page.getByRole('dialog').getByText('https://xn--pypal-4ve.example/x').waitFor()
  await escapeFrom(page, page.getByRole('dialog'))
  expect(watch.requests.filter((each) => each.includes('.example'))).toEqual([])
})

test('the list of claims looks right in every light', async () => {
  const { page, key, claim } = await open()
  await key('a')
  await claim(1).getByRole('textbox').fill('Water boils at 100 °C')
  await claim(1).getByRole('radio', { name: 'Supported' }).check({ force: true })
  await claim(1).getByRole('button', { name: 'Add a source' }).click()
  await claim(1).getByRole('textbox', { name: 'Address of source 1' }).fill('nowhere')
  await claim(1).getByRole('button', { name: 'Add a comment' }).click()
  await focusOn(claim(1).locator('[data-comment]'))
  await key('Escape')
  // Out of the field, so that letters are keys again.
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).not.toBe('TEXTAREA')
  await key('a')
  await claim(2).waitFor()
  await lookAt(page, 'fact-check-claims', [])
})
