import { startEmbeddedPostgres } from '../../apps/server/src/platform/embedded-postgres/index.ts'

/** A process that runs the embedded Postgres of a data folder until SIGTERM; tests kill it in all the ways there are. */
const [, , dataFolder = ''] = process.argv
const said: string[] = []
const note = (message: string) => said.push(message)

process.on('SIGTERM', () => undefined)
try {
  const postgres = await startEmbeddedPostgres({ dataFolder, log: { info: note, warn: note, error: note } })
  process.on('SIGTERM', async () => {
    await postgres.stop()
    process.exit(0)
  })
  // Keeps the process alive: Postgres itself does not.
  setInterval(() => undefined, 60_000)
  console.log(JSON.stringify({ url: postgres.url, adopted: postgres.adopted, said }))
} catch (error) {
  const problem =
    error instanceof Error ? { code: 'code' in error ? error.code : '', message: error.message } : {}
  console.log(JSON.stringify({ problem, said }))
  process.exit(1)
}
