// npm run bench: installs what is missing, builds the web app when it is stale, and measures.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildWebWhenStale } from './build-web.mjs'
import { ensureInstalled, root } from './ensure-installed.mjs'
import { runInForeground } from './supervise-child.mjs'

if (!existsSync(join(root, 'bench', 'main.ts'))) {
  console.error('There are no benchmarks in this checkout (bench/main.ts is missing).')
  process.exit(1)
}
ensureInstalled()
if (!buildWebWhenStale()) process.exit(1)
runInForeground(['bench/main.ts', ...process.argv.slice(2)])
