import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createServer, startJobs } from './compose.ts'
import { type Demo, prepareDemo, seedDemo } from './demo/prepare-demo.ts'
import { seedSamples } from './demo/seed-samples.ts'
import { prepareSetup } from './identity/index.ts'
import { type Config, readConfig } from './platform/config.ts'
import { openDatabase } from './platform/database.ts'
import { startEmbeddedPostgres } from './platform/embedded-postgres/index.ts'
import { isLoopback, listenError, portToUse } from './platform/http/free-port.ts'
import { instanceSecret } from './platform/instance-secret.ts'
import { openLog } from './platform/logging.ts'
import { openMailer } from './platform/mailer.ts'
import { migrate } from './platform/migrate.ts'
import { allowNetworks } from './platform/outside/index.ts'
import { checkExternalDatabase } from './platform/postgres-check.ts'
import { openStorage } from './platform/storage/index.ts'

const log = openLog('info')
/** What has to be ended, last opened first. */
const closers: (() => Promise<void>)[] = []
let stopping = false

async function stop(code: number): Promise<never> {
  stopping = true
  for (const close of closers.reverse())
    await close().catch((error: unknown) => log.error({ err: error }, 'while stopping'))
  process.exit(code)
}

async function start(config: Config): Promise<void> {
  log.level = config.logLevel
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }

  const ownerUrl = await openPostgres(config)
  await migrate(ownerUrl)
  const database = openDatabase(ownerUrl, config.poolSize)
  closers.push(database.close)

  const port = await portToUse(config.port, config.host)
  const reachable = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host
  const publicUrl = config.publicUrl ?? `http://${reachable}:${port}`
  const deps = {
    database,
    log,
    mailer: openMailer(config.smtpUrl, config.mailFrom),
    storage: openStorage(config),
    allowedNetworks: allowNetworks(config.allowedNetworks),
    secret: config.secret ?? (await instanceSecret(database)),
    exportPlaces: config.exportPlaces,
    publicUrl,
    version,
  }
  const demo = await prepareDemo(deps, config)

  const app = await createServer(deps, {
    secret: deps.secret,
    openSignUp: config.openSignUp,
    // On loopback everybody shares one address, people and programs alike.
    attemptsPerMinute: isLoopback(config.host) ? 1_000 : undefined,
    trustProxy: config.trustProxy,
    embeddedDatabase: !config.databaseUrl,
    demo: demo !== null,
    webFolder: fileURLToPath(new URL('../../web/dist', import.meta.url)),
  })
  closers.push(() => app.close())
  await app.listen({ host: config.host, port }).catch((error: unknown) => {
    throw listenError(error, config.host, port)
  })
  if (config.runJobs) {
    const jobs = await startJobs(ownerUrl, deps)
    closers.push(jobs.stop)
  }
  if (demo) await seedDemo(deps, `http://${reachable}:${port}`, ownerUrl, demo)
  const setup = demo ? null : await prepareSetup(deps)
  say(welcome(publicUrl, config, demo, setup))
  if (demo) fillSamples(() => seedSamples(deps, `http://${reachable}:${port}`, ownerUrl, demo))
}

/** Beside the requests, since nobody has to wait for it; what is left over is done at the next start. */
function fillSamples(fill: () => Promise<void>): void {
  fill().catch((error: unknown) => {
    if (!stopping) log.error({ err: error }, 'while filling the samples of the demo')
  })
}

async function openPostgres(config: Config): Promise<string> {
  if (config.databaseUrl) {
    await checkExternalDatabase(config.databaseUrl)
    return config.databaseUrl
  }
  const server = await startEmbeddedPostgres({ dataFolder: config.dataFolder, log })
  closers.push(server.stop)
  return server.url
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

function welcome(url: string, config: Config, demo: Demo | null, setup: { token: string } | null): string {
  const lines = [
    '',
    `  Groundwork   ${url}`,
    `  API          ${url}/api/docs`,
    `  Data         ${config.databaseUrl ? 'your database' : config.dataFolder}`,
  ]
  if (setup) lines.push('', '  This instance is empty. Found it here:', `  ${url}/setup?token=${setup.token}`)
  if (demo) {
    lines.push(
      '',
      `  Sign in at   ${url}/sign-in as one of the demo's people (${demo.file} has their API keys, too):`,
    )
    for (const person of demo.people)
      lines.push(`  ${person.role.padEnd(9)} ${person.email.padEnd(34)} ${person.password}`)
  }
  return [...lines, '', '  Ctrl-C stops everything.', ''].join('\n')
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!stopping) void stop(0)
  })
}

try {
  await start(readConfig())
} catch (error) {
  // A start that was called off in the middle breaks wherever it stood; that is no news.
  if (stopping) await new Promise(() => {})
  // Most of these are said in plain words already: a bad setting, a busy port, a database that cannot be used.
  log.debug({ err: error }, 'start failed')
  process.stderr.write(`\nGroundwork cannot start.\n${error instanceof Error ? error.message : error}\n\n`)
  await stop(1)
}
