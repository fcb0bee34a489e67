import { createServer } from 'node:net'

/** The wanted port, or for 0 one that is free now. Addresses in mails and cookies are made before the server listens. */
export async function portToUse(wanted: number, host: string): Promise<number> {
  if (wanted !== 0) return wanted
  const probe = createServer()
  return new Promise((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(0, host, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Says what is wrong with an address that cannot be listened on. */
export function listenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return new Error(
      `Port ${port} on ${host} is taken, perhaps by another Groundwork. Stop it, or set PORT to a free one.`,
    )
  if (code === 'EACCES')
    return new Error(`Port ${port} may not be used by this user. Set PORT to one above 1023.`)
  if (code === 'EADDRNOTAVAIL')
    return new Error(`${host} is no address of this machine. Set HOST to 127.0.0.1, or 0.0.0.0 for all.`)
  return error
}

/** Whether only this machine can reach the address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.')
