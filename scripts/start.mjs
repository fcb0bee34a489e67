// npm start: installs what is missing, builds the web app when it is stale, and runs the server until Ctrl-C.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildWebWhenStale } from './build-web.mjs'
import { ensureInstalled, root } from './ensure-installed.mjs'
import { runInForeground } from './supervise-child.mjs'

ensureInstalled()
if (!buildWebWhenStale()) {
  console.error('The web app could not be built; its errors stand above.')
  process.exit(1)
}
// Settings may stand in a file, too; what the environment says goes before it.
const settings = existsSync(join(root, '.env')) ? ['--env-file=.env'] : []
// What dependencies ought to change is for those who work on them (`npm run dev` shows it), not for who runs the server.
runInForeground(['--no-deprecation', ...settings, 'apps/server/src/main.ts', ...process.argv.slice(2)])
