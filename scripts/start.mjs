// npm start: installs what is missing, builds the web app when it is stale, and runs the server until Ctrl-C.
import { buildWebWhenStale } from './build-web.mjs'
import { ensureInstalled } from './ensure-installed.mjs'
import { runInForeground } from './supervise-child.mjs'

ensureInstalled()
if (!buildWebWhenStale()) {
  console.error('The web app could not be built; its errors stand above.')
  process.exit(1)
}
runInForeground(['--env-file-if-exists=.env', 'apps/server/src/main.ts', ...process.argv.slice(2)])
