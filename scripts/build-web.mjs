// Builds the web app when its sources have changed since the last build. Run by hand: node scripts/build-web.mjs
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, pinnedNode, root } from './ensure-installed.mjs'

const webFolder = join(root, 'apps', 'web')
const built = join(webFolder, 'dist')
const stampFile = join(built, '.groundwork-build')
const SOURCES = [
  'apps/web',
  'packages/contract',
  'packages/client',
  'package-lock.json',
  'tsconfig.base.json',
]
const NO_SOURCE = /^(node_modules|dist|\.cache)$|\.test\.tsx?$/

/** Builds when needed; returns false when the build failed. */
export function buildWebWhenStale() {
  if (!existsSync(join(webFolder, 'index.html'))) {
    console.log('No web app to build (apps/web/index.html is missing); only the API will be served.')
    return true
  }
  const hash = hashSources()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return true

  console.log('Building the web app ...')
  // Built beside and then swapped in: a build that fails leaves the last good one in place.
  const fresh = join(webFolder, '.cache', 'dist')
  const parameters = ['node_modules/vite/bin/vite.js', 'build', webFolder, '--outDir', fresh, '--emptyOutDir']
  const { status } = spawnSync(pinnedNode, [...parameters, '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) return false
  writeFileSync(join(fresh, '.groundwork-build'), hash)
  rmSync(built, { recursive: true, force: true })
  mkdirSync(webFolder, { recursive: true })
  renameSync(fresh, built)
  return true
}

function hashSources() {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((source) => listFiles(source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function listFiles(path) {
  if (!existsSync(join(root, path))) return []
  if (path.endsWith('.json')) return [path]
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => !NO_SOURCE.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? listFiles(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
    )
}

if (process.argv[1] === import.meta.filename) {
  ensureInstalled()
  process.exit(buildWebWhenStale() ? 0 : 1)
}
