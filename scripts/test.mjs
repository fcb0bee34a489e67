// npm test: installs what is missing and runs every check; scripts/test/main.ts says which.
import { ensureInstalled } from './ensure-installed.mjs'
import { runInForeground } from './supervise-child.mjs'

ensureInstalled()
runInForeground(['scripts/test/main.ts', ...process.argv.slice(2)])
