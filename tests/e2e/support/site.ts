import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchBrowser } from '../../support/browser.ts'
import {
  createTestServer,
  TEST_PASSWORD,
  type TestPerson,
  type TestServer,
} from '../../support/test-server.ts'
import { slowDown } from './slow.ts'
import { type Watch, watch } from './watch.ts'

/** One person at one computer: a page with its own cookies and storage, and what it did. */
export type Visit = { page: Page; context: BrowserContext; watch: Watch }

export type Device = {
  width?: number
  height?: number
  theme?: 'light' | 'dark'
  /** Another way to the server, see `gate.ts`. */
  url?: string
}

export type Site = {
  readonly server: TestServer
  /** Who runs the instance. */
  readonly operator: TestPerson
  /** Opens a page as somebody who is signed in already, or as nobody. */
  visit: (
    person: { email: string; password?: string } | null,
    path: string,
    device?: Device,
  ) => Promise<Visit>
}

/** Where the built web app is; `GROUNDWORK_WEB_FOLDER` names another build while the sources are being edited. */
const WEB_FOLDER =
  process.env.GROUNDWORK_WEB_FOLDER ?? fileURLToPath(new URL('../../../apps/web/dist', import.meta.url))

const WAIT_MS = 20_000

/** One for all files that a worker runs one after the other; it ends with the worker. */
let running: Promise<Browser> | undefined
async function sharedBrowser(): Promise<Browser> {
  const browser = await running?.catch(() => undefined)
  if (browser?.isConnected()) return browser
  running = launchBrowser()
  return running
}

/**
 * The server with the built web app on a database of its own, for the test file that calls this at its top, and a browser. After every
 * test nothing may be in the logs of the pages that was not expected, and the pages are closed. The last sight of a page whose test
 * failed is kept in the system's folder for temporary files.
 * @param options.founded false: an instance as it is at its very first start, without an operator
 */
export function useSite({ founded = true } = {}): Site {
  let server: TestServer | undefined
  let operator: TestPerson | undefined
  let browser: Browser | undefined
  let visits: Visit[] = []

  beforeAll(async () => {
    if (!existsSync(`${WEB_FOLDER}/index.html`))
      throw new Error('The web app is not built: node scripts/build-web.mjs')
    ;[server, browser] = await Promise.all([
      createTestServer({ jobs: true, webFolder: WEB_FOLDER }),
      sharedBrowser(),
    ])
    if (founded) operator = await server.newPerson('Test operator', { operator: true })
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepSights(task.name, visits)
    const problems = visits.flatMap((visit) => visit.watch.problems())
    const contexts = visits.map((visit) => visit.context)
    visits = []
    await Promise.all(contexts.map((context) => context.close()))
    expect(problems).toEqual([])
  })
  afterAll(async () => {
    await server?.close()
  })

  const opened = () => {
    if (!server || !browser) throw new Error('The site is not open yet.')
    return { server, browser }
  }
  return {
    get server() {
      return opened().server
    },
    get operator() {
      if (!operator) throw new Error('This instance has no operator.')
      return operator
    },
    visit: async (person, path, device = {}) => {
      const { server, browser } = opened()
      const url = device.url ?? server.url
      const context = await browser.newContext({
        baseURL: url,
        viewport: { width: device.width ?? 1440, height: device.height ?? 900 },
        colorScheme: device.theme ?? 'light',
        reducedMotion: 'reduce',
        locale: 'en-US',
        timezoneId: 'UTC',
      })
      context.setDefaultTimeout(WAIT_MS)
      await slowDown(context)
      const visit = { context, watch: watch(context, url), page: await context.newPage() }
      visits.push(visit)
      if (person) {
        const answer = await context.request.post('/api/auth/sign-in/email', {
          data: { email: person.email, password: person.password ?? TEST_PASSWORD },
          headers: { origin: url },
        })
        if (!answer.ok()) throw new Error(`sign-in failed: ${await answer.text()}`)
      }
      await visit.page.goto(path)
      return visit
    },
  }
}

async function keepSights(name: string, visits: readonly Visit[]): Promise<void> {
  const folder = join(tmpdir(), 'groundwork-failed-pages')
  const pages = visits.flatMap((visit) => visit.context.pages())
  for (const [index, page] of pages.entries()) {
    const path = join(folder, `${name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80)}-${index}.png`)
    await page.screenshot({ path }).catch(() => undefined)
  }
}
