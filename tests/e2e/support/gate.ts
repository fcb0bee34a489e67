import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to the server that can be shut and opened again on the same address, as if the server stopped and came back. */
export type Gate = { url: string; shut: () => Promise<void>; open: () => Promise<void> }

export async function openGate(target: string): Promise<Gate> {
  const { port: targetPort, hostname } = new URL(target)
  const sockets = new Set<Socket>()
  const make = () =>
    createServer((near) => {
      const far = connect(Number(targetPort), hostname)
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one)
        one.on('error', () => undefined)
        one.on('close', () => {
          sockets.delete(one)
          other.destroy()
        })
        one.pipe(other)
      }
    })
  let listener = make()
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      listener.once('error', reject)
      listener.listen(port, '127.0.0.1', resolve)
    })
  await listen(0)
  const { port } = listener.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    shut: () =>
      new Promise<void>((resolve) => {
        if (!listener.listening) return resolve()
        listener.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
    open: async () => {
      listener = make()
      await listen(port)
    },
  }
}
