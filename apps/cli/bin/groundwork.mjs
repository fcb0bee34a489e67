#!/usr/bin/env node
// Runs the command line under the pinned Node of this checkout: its sources are TypeScript, which older versions of Node cannot read.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const pinned = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url))
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const node = existsSync(pinned) ? pinned : process.execPath
const { status, signal } = spawnSync(
  node,
  ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
process.exit(signal ? 1 : (status ?? 1))
