// npm run dev: the server, restarted when its sources change, and the web app with hot reload in front of it.
import { ensureInstalled } from './ensure-installed.mjs'
import { runInForeground } from './supervise-child.mjs'

ensureInstalled()
runInForeground(['scripts/dev/main.ts'])
