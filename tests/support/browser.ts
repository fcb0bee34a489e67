import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/test/chromium.ts'

const FONTCONFIG_FILE = fileURLToPath(new URL('fonts.conf', import.meta.url))

/** Starts this machine's Chromium without a window. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('There is no Chromium on this machine: apt-get install chromium')
  // Chromium's sandbox does not work for root; the tests load nothing but our own pages.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({
    executablePath,
    args: [...args, '--disable-dev-shm-usage'],
    // How wide letters are set depends on a machine's settings of fonts, and pages are compared with pictures.
    env: { ...process.env, FONTCONFIG_FILE },
  })
}
