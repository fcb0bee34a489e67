import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * `npm run verify:formats`: loads exports with the real `datasets`, `trl`, `mlcroissant` and `pycocotools`, and takes a step of training with TRL's trainers
 * where PyTorch is in its environment (it is gigabytes, so it is not put there). Needs Python 3 with venv and, the first time, the network. Not part of
 * `npm test`, because a user's machine need not have Python.
 */
const here = fileURLToPath(new URL('.', import.meta.url))
const venv = fileURLToPath(new URL('../../../../.cache/verify-formats', import.meta.url))
const python = join(venv, 'bin', 'python')

function run(command: string, ...args: string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' })
  if (error || status !== 0) throw error ?? new Error(`${command} ended with ${status}.`)
}

if (!existsSync(join(venv, 'ready-3'))) {
  run('python3', '-m', 'venv', venv)
  run(
    python,
    '-m',
    'pip',
    'install',
    '-q',
    'datasets',
    'transformers',
    'pyyaml',
    'jinja2',
    'mlcroissant',
    'pillow',
    'pycocotools',
  )
  // Without what it depends on: what is checked here runs without PyTorch, which is gigabytes.
  run(python, '-m', 'pip', 'install', '-q', '--no-deps', 'trl', 'accelerate')
  run(python, '-c', `open(${JSON.stringify(join(venv, 'ready-3'))}, 'w').close()`)
}
const exports = mkdtempSync(join(tmpdir(), 'groundwork-verify-'))
try {
  run(process.execPath, join(here, 'write-exports.ts'), exports)
  run(python, join(here, 'verify.py'), exports)
  run(python, join(here, 'train.py'), exports)
} finally {
  rmSync(exports, { recursive: true, force: true })
}
