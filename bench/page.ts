import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createClient } from '@groundwork/client'
import { textMessage } from '@groundwork/contract'
import type { Page } from 'playwright-core'
import { createServer } from '../apps/server/src/compose.ts'
import { issueApiKey } from '../apps/server/src/identity/index.ts'
import { launchBrowser } from '../tests/support/browser.ts'
import { quantile } from './measure.ts'
import { openPlace, type Place } from './place.ts'

const WEB_FOLDER =
  process.env.GROUNDWORK_WEB_FOLDER ?? fileURLToPath(new URL('../apps/web/dist', import.meta.url))
/** The first answers warm up and do not count. */
const WARM_UP = 3
const ANSWERS = 20
/** What a person needs at least to read a task; the next one is fetched meanwhile. In ms. */
const READING_MS = 1_600
/** A frame that takes longer is felt, in ms. */
const FELT_MS = 50

/**
 * The workbench in a browser of this machine, against the whole server: from Enter to the next task on the screen, and the frames while
 * a conversation of 200 kB, in 100 turns and in 5, is opened in full and scrolled from end to end.
 */
export async function benchPage(): Promise<void> {
  console.log('Workbench in Chromium')
  const place = await openPlace(1, 10)
  const app = await createServer(place.deps, {
    secret: place.deps.secret,
    openSignUp: false,
    attemptsPerMinute: 10_000,
    trustProxy: false,
    embeddedDatabase: false,
    demo: false,
    webFolder: WEB_FOLDER,
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const browser = await launchBrowser()
  try {
    const open = async (projectId: string) => {
      const context = await browser.newContext({
        baseURL: url,
        viewport: { width: 1440, height: 900 },
        extraHTTPHeaders: { authorization: `Bearer ${place.trainers[0]?.apiKey}` },
      })
      const page = await context.newPage()
      await page.goto(`/judge/${projectId}`)
      await page.locator('.resp-body').first().waitFor()
      return page
    }
    const answered = await open(await projectOf(place, url, ordinaryTasks(WARM_UP + ANSWERS + 1)))
    await measureAnswers(answered)
    await answered.context().close()
    for (const turns of [100, 5]) {
      const long = await open(await projectOf(place, url, [longTask(turns)]))
      await measureScrolling(long, turns)
      await long.context().close()
    }
  } finally {
    await browser.close()
    await app.close()
    await place.close()
  }
}

async function projectOf(place: Place, url: string, tasks: unknown[]): Promise<string> {
  const projectId = await place.newProject({ tasks: 0, launch: false })
  const { secret } = await place.deps.database.transaction({ person: place.owner.userId }, (tx) =>
    issueApiKey(tx, place.owner.userId, { name: 'bench', scope: 'write', expiresInDays: 1 }),
  )
  const client = createClient({ baseUrl: url, apiKey: secret })
  const params = { id: projectId }
  const project = await client.getProject({ params })
  await client.updateProject({
    params,
    body: {
      form: {
        ...project.form,
        questions: project.form.questions.map((question) =>
          question.type === 'text' ? { ...question, required: false, minWords: 0 } : question,
        ),
      },
    },
  })
  const body = tasks.map((task) => JSON.stringify({ task })).join('\n')
  await client.importTasks({ params, query: { format: 'raw' }, body })
  await client.launchProject({ params })
  return projectId
}

const PARAGRAPH =
  'The order check reads the last creatinine, the age and the weight, and it says which of them is missing before it says anything about the dose. '
const markdownOf = (n: number, paragraphs: number) =>
  [
    `Answer ${n}: use **actual body weight** here, and \`crcl\` as below.`,
    `\`\`\`python\ndef crcl(age, weight, scr):\n    return (140 - age) * weight / (72 * scr)  # ${n}\n\`\`\``,
    ...Array.from({ length: paragraphs }, () => PARAGRAPH.repeat(3)),
    '| Clearance | Dose |\n| --- | --- |\n| 30 mL/min or more | every 12 h |\n| less | once daily |',
  ].join('\n\n')

const candidatesOf = (n: number, paragraphs: number) =>
  ['a', 'b'].map((id) => ({
    id,
    messages: [textMessage('assistant', `${id.toUpperCase()}. ${markdownOf(n, paragraphs)}`)],
  }))

const ordinaryTasks = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    externalId: `task-${n}`,
    context: [textMessage('user', `Question ${n}: ${PARAGRAPH}`)],
    candidates: candidatesOf(n, 6),
  }))

/** 200 kB in so many turns. */
const longTask = (turns: number) => ({
  externalId: `long-${turns}`,
  context: Array.from({ length: turns }, (_, n) =>
    n % 2 === 0
      ? textMessage('user', PARAGRAPH.repeat(4))
      : textMessage('assistant', markdownOf(n, Math.round(400 / turns) * 2 - 1)),
  ),
  candidates: candidatesOf(0, 6),
})

/** From the press of Enter to the frame after the one that shows the next task. */
async function measureAnswers(page: Page): Promise<void> {
  await page.evaluate(`
    window.painted = []
    window.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return
      const before = document.querySelector('.turns').textContent
      const look = () => {
        const now = document.querySelector('.turns')
        if (!now || now.textContent === before) return requestAnimationFrame(look)
        const channel = new MessageChannel()
        channel.port1.onmessage = () => window.painted.push(performance.now() - event.timeStamp)
        channel.port2.postMessage(null)
      }
      requestAnimationFrame(look)
    }, { capture: true })
  `)
  for (let n = 0; n < WARM_UP + ANSWERS; n++) {
    await page.getByRole('radio', { name: /^1, / }).waitFor()
    await page.waitForTimeout(READING_MS)
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    while (((await page.evaluate('window.painted.length')) as number) <= n) await page.waitForTimeout(20)
  }
  const times = (await page.evaluate('window.painted')) as number[]
  const sorted = Float64Array.from(times.slice(WARM_UP)).sort()
  console.log(
    `  Enter → next task painted          p50 ${quantile(sorted, 0.5).toFixed(0)} ms   p95 ${quantile(sorted, 0.95).toFixed(0)} ms   (${sorted.length} answers)`,
  )
}

/** Times between frames while the whole conversation is opened and scrolled through, down fast and up slowly. */
async function measureScrolling(page: Page, turns: number): Promise<void> {
  await page.getByRole('radio', { name: /^1, / }).waitFor()
  const watch = `
    window.frames_ = []
    let last = performance.now()
    window.watching = true
    const next = (now) => {
      window.frames_.push(now - last)
      last = now
      if (window.watching) requestAnimationFrame(next)
    }
    requestAnimationFrame((now) => { last = now; requestAnimationFrame(next) })
  `
  const browser = page.context().browser()
  const begin = async () => {
    await browser?.startTracing(page, { categories: ['toplevel'] })
    await page.evaluate(watch)
  }
  const report = async (what: string) => {
    await page.evaluate('window.watching = false')
    const work = longestWork(await browser?.stopTracing())
    const frames = Float64Array.from((await page.evaluate('window.frames_')) as number[]).sort()
    const felt = frames.filter((ms) => ms > FELT_MS).length
    console.log(
      `  ${what.padEnd(34)} longest frame ${quantile(frames, 1).toFixed(0)} ms   over ${FELT_MS} ms: ${felt} of ${frames.length}   most work at once ${work.toFixed(0)} ms`,
    )
  }
  await begin()
  await page.getByRole('button', { name: 'Show all in full' }).click()
  await page.waitForTimeout(500)
  await report(`${turns} turns, 200 kB, opened in full`)
  await page.locator('.context').hover()
  for (const [what, step] of [
    ['scrolled down, 1500 px a time', 1_500],
    ['scrolled up, 300 px a time', -300],
  ] as const) {
    await begin()
    const end = `(() => { const box = document.querySelector('.context'); return ${step} > 0 ? box.scrollTop + box.clientHeight >= box.scrollHeight - 2 : box.scrollTop <= 0 })()`
    for (let count = 0; count < 600 && !(await page.evaluate(end)); count++) {
      await page.mouse.wheel(0, step)
      await page.waitForTimeout(16)
    }
    await report(what)
  }
  const left = await page.locator('.turn .waiting').count()
  console.log(`  ${'turns that were never near'.padEnd(34)} ${left}`)
}

/**
 * The most processor time that one task of the page's main thread took, in ms: what a frame would be late by on a machine that has
 * nothing else to do, however busy this one is.
 */
function longestWork(trace: Buffer | undefined): number {
  if (!trace) return Number.NaN
  const { traceEvents } = JSON.parse(trace.toString()) as {
    traceEvents: { name: string; pid: number; tid: number; tdur?: number; args?: { name?: string } }[]
  }
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const times = traceEvents
    .filter(({ pid, tid, tdur }) => tdur !== undefined && mains.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur / 1_000)
  return times.reduce((most, time) => Math.max(most, time), 0)
}
