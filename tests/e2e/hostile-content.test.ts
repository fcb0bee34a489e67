import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Attack, attacks, EVIL, MARK } from './support/attacks.ts'
import { launchForm } from './support/marking.ts'
import { launchPairs } from './support/projects.ts'
import { useSite, type Visit } from './support/site.ts'
import { escapeFrom } from './support/workbench.ts'

const site = useSite()

/** Elements that text of a task never becomes. Icons are drawn by the page itself, and formulas by KaTeX. */
const FORBIDDEN = `script, iframe, object, embed, form, input:not(.cr-bar input), img, style, link, meta, base, a[href], audio, video,
  svg:not(.icon, .katex svg), [style*="position"]`

/** What came of an attack, in words; empty when it stayed text. */
async function harm(visit: Visit, place: string): Promise<string[]> {
  const { page, watch } = visit
  const found =
    (await page.evaluate(`[...document.querySelectorAll(${JSON.stringify(place)})].flatMap((root) => [
    ...[...root.querySelectorAll(${JSON.stringify(FORBIDDEN)})].map((element) => 'element ' + element.outerHTML.slice(0, 120)),
    ...[...root.querySelectorAll('*')].flatMap((element) => element.getAttributeNames()
      .filter((name) => name.startsWith('on')).map((name) => 'attribute ' + name)),
  ])`)) as string[]
  if ((await page.evaluate(`window.${MARK}`)) !== undefined) found.push('a script ran')
  // Neither too wide for the window nor laid over the rest.
  if ((await page.evaluate('document.documentElement.scrollWidth > innerWidth')) === true)
    found.push('the page became wider than the window')
  const requests = watch.requests.filter((url) => url.includes(EVIL))
  return [...found, ...requests.map((url) => `request ${url}`)]
}

const anyQuestion = { id: 'note', type: 'text', label: 'Anything to say?', required: false }

function refuseDialogs(page: Page): string[] {
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  return dialogs
}

/** What of an attack can be read where its text is shown as lines of code: its longest plain words. */
const plainWords = ({ text, shows }: Attack): string =>
  text.includes(shows)
    ? shows
    : ([...text.matchAll(/[A-Za-z][A-Za-z ]{2,40}[A-Za-z]/g)]
        .map(([words]) => words)
        .toSorted((one, other) => other.length - one.length)[0] ?? '')

/** A text as a change that adds all of it. */
const asDiff = (text: string): string => {
  const lines = text.split(/\r\n|\n|\r/)
  return `--- a/answer.js\n+++ b/answer.js\n@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}`).join('\n')}`
}

test.for(['markdown', 'code', 'diff'] as const)(
  `${attacks.length} attacks in responses and prompts stay text in the workbench, shown as %s`,
  { timeout: 300_000 },
  async (view) => {
    const team = await site.server.newTeam()
    const trainer = await site.server.newTrainer()
    const project = await launchForm(
      team,
      { blocks: [{ type: 'context' }, { type: 'candidates', view }], questions: [anyQuestion] },
      attacks.map(({ text }, index) => [view === 'diff' ? asDiff(text) : text, `Harmless beside ${index}.`]),
      (index) => attacks[index]?.text ?? '',
    )
    const visit = await site.visit(trainer, `/judge/${project.id}`)
    const { page } = visit
    const dialogs = refuseDialogs(page)
    const bodies = page.locator('.resp-body')

    const outcome: Record<string, string[]> = {}
    for (const _ of attacks) {
      const fresh = Object.keys(outcome).length
      const harmless = bodies.filter({ hasText: /Harmless beside \d+\./ })
      await harmless.and(page.locator(`:not([data-seen])`)).waitFor()
      const index = Number(/beside (\d+)/.exec(await harmless.innerText())?.[1])
      const attack = attacks[index]
      if (!attack) throw new Error('This is no task of this test.')
      await harmless.evaluate((element) => element.setAttribute('data-seen', ''))
      const missing: string[] = []
      const body = bodies.filter({ hasNotText: /Harmless beside/ })
      // Until what numbers the lines is loaded, a text stands there without numbers.
      if (view !== 'markdown') await body.locator('.cr-table').first().waitFor()
      await body
        .filter({ hasText: view === 'markdown' ? attack.shows : plainWords(attack) })
        .waitFor({ timeout: 10_000 })
        .catch(() => missing.push('its text is not shown'))
      for (const name of attack.names ?? []) {
        const badge = body.locator(`.unseen[data-name="${name}"]`).first()
        await badge.waitFor({ timeout: 10_000 }).catch(() => missing.push(`${name} is hidden`))
      }
      outcome[attack.name] = [...missing, ...(await harm(visit, '.resp-body, .context'))]
      expect(Object.keys(outcome)).toHaveLength(fresh + 1)
      await page.keyboard.press('s')
    }
    await page.getByText('No work for you here right now').waitFor()
    expect(worst(outcome)).toEqual({})
    expect(dialogs).toEqual([])
  },
)

test('attacks in a guideline, in a file to be imported and in names stay text for teams', async () => {
  const team = await site.server.newTeam()
  const name = '<img src=x onerror=alert(1)> & co'
  const guideline = attacks
    .filter(({ text }) => text.length < 1_000)
    .map(({ text }) => text)
    .join('\n\n')
  const project = await launchPairs(team, [{ id: name, prompt: guideline, a: guideline, b: name }], {
    name,
    guideline,
  })
  const visit = await site.visit(team, `/projects/${project.id}/tasks`)
  const { page } = visit
  const dialogs = refuseDialogs(page)
  await page.getByRole('heading', { name }).waitFor()
  await page.getByRole('main').getByRole('link', { name }).click()
  await page.locator('.resp-body').first().waitFor()
  expect(await harm(visit, '.resp-body, .context')).toEqual([])
  await page.goto(`/projects/${project.id}/settings`)
  await page.getByRole('button', { name: 'New version' }).click()
  await page.locator('.guideline-preview .reading').waitFor()
  expect(await harm(visit, '.guideline-preview')).toEqual([])

  const trainer = await site.server.newTrainer({ displayName: name })
  const atWork = await site.visit(trainer, `/judge/${project.id}`)
  await atWork.page.locator('.resp-body').first().waitFor()
  await atWork.page.keyboard.press('g')
  await atWork.page.locator('.guideline .reading').first().waitFor()
  expect(await harm(atWork, '.resp-body, .context, .guideline .reading')).toEqual([])
  expect(dialogs).toEqual([])
})

test('a link of a task says where it leads, and leads nowhere that could run', async () => {
  const team = await site.server.newTeam()
  const trainer = await site.server.newTrainer()
  const links = {
    'a script': 'javascript:alert(1)',
    'a page of data': 'data:text/html,x',
    'a file': 'file:///etc/passwd',
    'a blob': 'blob:null/x',
    'an old script': 'vbscript:x',
    relative: '/operator',
  }
  const text = [...Object.entries(links), ['a source', `https://${EVIL}.example/page?x=1`]]
    .map(([name, url]) => `[${name}](${url})`)
    .join('\n\n')
  const project = await launchPairs(team, [{ id: 'links', prompt: text, a: 'Yes.', b: 'No.' }])
  const { page, watch } = await site.visit(trainer, `/judge/${project.id}`)
  const dialog = page.getByRole('dialog')
  for (const [name, url] of Object.entries(links)) {
    await page.getByRole('button', { name, exact: true }).click()
    await dialog.getByText('This link cannot be opened').waitFor()
    await dialog.getByText(url).waitFor()
    await expect.poll(() => dialog.getByRole('link').count()).toBe(0)
    await escapeFrom(page, dialog)
  }
  await page.getByRole('button', { name: 'a source' }).click()
  const open = dialog.getByRole('link', { name: 'Open in a new tab' })
  await open.waitFor()
  await expect.poll(() => open.getAttribute('href')).toBe(`https://${EVIL}.example/page?x=1`)
  await expect.poll(() => open.getAttribute('rel')).toBe('noopener noreferrer')
  expect(watch.requests.filter((url) => url.includes(EVIL))).toEqual([])
})

test("the page's policy stops what might slip through", async () => {
  const { page, watch } = await site.visit(site.operator, '/account')
  const answer = await page.request.get('/account')
  const policy = answer.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("object-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(answer.headers()['x-content-type-options']).toBe('nosniff')
  expect(answer.headers()['referrer-policy']).toBe('no-referrer')

  // What the policy stops, the browser notes as errors and as requests that it did not send.
  watch.expect(/Content Security Policy/)
  watch.expect(/^request to another origin/)
  const stopped = (await page.evaluate(`new Promise((resolve) => {
    const seen = []
    document.addEventListener('securitypolicyviolation', (event) => {
      seen.push(event.effectiveDirective)
      if (seen.length === 4) resolve(seen.toSorted())
    })
    const add = (tag, attributes) => document.body.append(Object.assign(document.createElement(tag), attributes))
    add('script', { textContent: 'window.${MARK} = 1' })
    add('script', { src: 'https://${EVIL}.example/x.js' })
    add('img', { src: 'https://${EVIL}.example/x.png' })
    add('iframe', { src: 'https://${EVIL}.example/' })
  })`)) as string[]
  expect(stopped).toEqual(['frame-src', 'img-src', 'script-src-elem', 'script-src-elem'])
  expect(await page.evaluate(`window.${MARK}`)).toBe(undefined)
})

/** Only the attacks that did something. */
const worst = (outcome: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(outcome).filter(([, problems]) => problems.length > 0))
