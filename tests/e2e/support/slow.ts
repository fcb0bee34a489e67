import type { BrowserContext, Page } from 'playwright-core'

/**
 * How much slower pages are made, to find tests that only pass where things happen in time: `GROUNDWORK_SLOW_BROWSER=4,150,100` divides
 * the speed of the processor by four, adds 150 ms to every answer, and lets every frame come 100 ms late.
 */
const [processor = 1, answerMs = 0, frameMs = 0] = (process.env.GROUNDWORK_SLOW_BROWSER ?? '')
  .split(',')
  .filter((part) => part !== '')
  .map(Number)

/** For every page of a context that is opened from now on. */
export async function slowDown(context: BrowserContext): Promise<void> {
  if (frameMs > 0)
    await context.addInitScript(`{
      const frame = window.requestAnimationFrame.bind(window)
      const cancel = window.cancelAnimationFrame.bind(window)
      const timers = new Map()
      let last = 1e9
      window.requestAnimationFrame = (run) => {
        const id = (last += 1)
        timers.set(id, setTimeout(() => timers.set(id, -frame((now) => { timers.delete(id); run(now) })), ${frameMs}))
        return id
      }
      window.cancelAnimationFrame = (id) => {
        const timer = timers.get(id)
        if (timer < 0) cancel(-timer)
        else clearTimeout(timer)
        timers.delete(id)
      }
    }`)
  if (processor > 1 || answerMs > 0) context.on('page', (page) => void slowPage(page).catch(() => undefined))
}

async function slowPage(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: processor })
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: answerMs,
    downloadThroughput: -1,
    uploadThroughput: -1,
  })
}
