import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'vite'

const port = process.env.PORT ?? '4100'
const stopWithParent = new URL('../stop-with-parent.mjs', import.meta.url).href

/** The web app is served from its sources; what it asks of the API goes on to the server. */
const web = await createServer({
  root: 'apps/web',
  server: { proxy: { '/api': { target: `http://127.0.0.1:${port}`, xfwd: true } } },
})
await web.listen()
web.printUrls()

const server: ChildProcess = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', '--import', stopWithParent, 'apps/server/src/main.ts'],
  { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: true },
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.kill(signal))
const [code] = await once(server, 'exit')
await web.close()
process.exit(typeof code === 'number' ? code : 1)
