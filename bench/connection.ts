import { connect, type Socket } from 'node:net'

/** What came back: status and the parsed JSON body. */
export type Answer = { status: number; body: unknown }

/**
 * One kept-alive HTTP/1.1 connection that sends JSON and waits for the answer. Far lighter than a general client, so that on a
 * machine of few cores the load generator takes little from the server that it measures.
 */
export class Connection {
  readonly #socket: Socket
  readonly #head: string
  #received: Buffer = Buffer.alloc(0)
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined

  constructor(baseUrl: string, apiKey: string) {
    const { hostname, port, host } = new URL(baseUrl)
    this.#head = `Host: ${host}\r\nAuthorization: Bearer ${apiKey}\r\nContent-Type: application/json\r\n`
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true })
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    this.#socket.on('error', (error) => this.#waiting?.reject(error))
    this.#socket.on('close', () => this.#waiting?.reject(new Error('The server closed the connection.')))
  }

  post(path: string, value: unknown): Promise<Answer> {
    const body = Buffer.from(JSON.stringify(value))
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.cork()
      this.#socket.write(
        `POST /api/v1${path} HTTP/1.1\r\n${this.#head}Content-Length: ${body.length}\r\n\r\n`,
      )
      this.#socket.write(body)
      this.#socket.uncork()
    })
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const headEnd = this.#received.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const head = this.#received.toString('latin1', 0, headEnd)
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
    const end = headEnd + 4 + length
    if (this.#received.length < end) return
    const body = this.#received.toString('utf8', headEnd + 4, end)
    this.#received = this.#received.subarray(end)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve({ status: Number(head.slice(9, 12)), body: JSON.parse(body) })
  }
}
