// Makes a fresh checkout ready to run, whatever Node (20 or newer) called it: the packages of the lockfile, and the
// pinned Node that comes as one of them. Costs nothing noticeable when everything is there.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** The pinned Node that runs everything of Groundwork. */
export const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node')

const lockFile = join(root, 'package-lock.json')
const stampFile = join(root, 'node_modules', '.groundwork-lock')
const OLDEST_NODE = 20

/** Installs what is missing, or ends the process with a message that says what to do. */
export function ensureInstalled() {
  const major = Number.parseInt(process.versions.node, 10)
  if (major < OLDEST_NODE)
    fail(`Groundwork needs Node ${OLDEST_NODE} or newer to install itself; this is ${process.version}.`)

  const lockHash = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  if (!isInstalled(lockHash)) {
    console.log('Installing packages (npm ci) ...')
    // Warnings about engines speak of the Node that installs, not of the pinned one that runs.
    // Whoever sets NODE_ENV=production wants the server to run so, not to miss the tools that build the web app.
    npm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'])
    if (!existsSync(join(root, 'node_modules')))
      fail('npm ci left no node_modules behind. Run it by hand to see why.')
  }
  ensurePinnedNode()
  if (!isStamped(lockHash)) writeFileSync(stampFile, lockHash)
}

function isInstalled(lockHash) {
  return isStamped(lockHash) || isInstalledByHand()
}

/** Whether npm's own record of what it installed has everything that the lockfile wants. */
function isInstalledByHand() {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages
  return Object.entries(wanted).every(([place, { version, link, optional, devOptional }]) => {
    if (!place.includes('node_modules/') || link) return true
    const found = installed[place]
    // What is optional may be for another platform.
    return found ? found.version === version : Boolean(optional || devOptional)
  })
}

function isStamped(lockHash) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash
}

function ensurePinnedNode() {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies.node
  if (runningVersion() === wanted) return
  console.log(`Fetching Node ${wanted} ...`)
  // npm may be told not to run install scripts; the one of the package `node` is what fetches the program.
  npm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'], { mayFail: true })
  if (runningVersion() === wanted) return
  spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
    cwd: join(root, 'node_modules', 'node'),
    stdio: 'inherit',
    env: { ...process.env, npm_config_ignore_scripts: 'false' },
  })
  const found = runningVersion()
  if (found === wanted) return
  fail(
    `Node ${wanted} is needed at node_modules/node/bin/node, but ${found ? `that is ${found}` : 'it does not run'}. ` +
      `There may be no Node ${wanted} for ${process.platform}-${process.arch}, or npm may be kept from running install ` +
      'scripts. Try: rm -rf node_modules && npm ci --ignore-scripts=false',
  )
}

function runningVersion() {
  const { status, stdout } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim().replace(/^v/, '') : undefined
}

function npm(parameters, { mayFail = false } = {}) {
  const own = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined
  const [program, prefix] = own ? [process.execPath, [own]] : ['npm', []]
  const { status, error } = spawnSync(program, [...prefix, ...parameters], { cwd: root, stdio: 'inherit' })
  if (status === 0 || mayFail) return
  fail(
    `"npm ${parameters.join(' ')}" failed${error ? ` (${error.message})` : ''}. Mend what it says above and start again.`,
  )
}

function fail(message) {
  console.error(`\n${message}`)
  process.exit(1)
}
