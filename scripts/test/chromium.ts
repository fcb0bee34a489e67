import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Where this machine has a Chromium, or undefined. */
export function findChromium(): string | undefined {
  return PLACES.find((place) => existsSync(place))
}

/** Installs Debian's Chromium when there is none and this process may. Returns undefined, or what the user has to do. */
export function ensureChromium(): string | undefined {
  if (findChromium()) return undefined
  const advice =
    'The browser tests need Chromium: sudo apt-get install chromium (or leave them out with GROUNDWORK_TEST_BROWSER=0)'
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return advice
  console.log('  installing chromium (apt-get) ...')
  const aptGet = (...parameters: string[]) =>
    spawnSync('apt-get', parameters, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      encoding: 'utf8',
    })
  aptGet('update')
  const { stdout, stderr } = aptGet(
    'install',
    '--yes',
    '--no-install-recommends',
    'chromium',
    'fonts-liberation',
  )
  return findChromium() ? undefined : `${advice}\n${stdout}${stderr}`
}
