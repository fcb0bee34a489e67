// Runs a script under the pinned Node of this checkout, whatever Node called npm: node scripts/run.mjs FILE [ARG ...]
import { spawnSync } from 'node:child_process'
import { ensureInstalled, pinnedNode, root } from './ensure-installed.mjs'

ensureInstalled()
const { status } = spawnSync(pinnedNode, process.argv.slice(2), { cwd: root, stdio: 'inherit' })
process.exit(status ?? 1)
