// Runs a script under the pinned Node of this checkout, whatever Node called npm: `node scripts/run.mjs FILE [ARG ...]`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { status, signal } = spawnSync(`${root}node_modules/node/bin/node`, process.argv.slice(2), {
  cwd: root,
  stdio: 'inherit',
})
process.exit(signal ? 1 : (status ?? 1))
