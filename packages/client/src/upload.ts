import { errorFrom, OfflineError } from './errors.ts'
import type { CallOptions, StreamBody } from './types.ts'

type OnProgress = NonNullable<CallOptions['onProgress']>

/** What is used of the browser's request object; written out because the types of Node do not know it. */
type UploadRequest = {
  upload: {
    onprogress: ((event: { loaded: number; total: number; lengthComputable: boolean }) => void) | null
  }
  status: number
  responseText: string
  onload: (() => void) | null
  onerror: (() => void) | null
  onabort: (() => void) | null
  open(method: string, url: string): void
  setRequestHeader(name: string, value: string): void
  send(body: Blob): void
  abort(): void
}
const { XMLHttpRequest: Uploader } = globalThis as { XMLHttpRequest?: new () => UploadRequest }

export const canReportUpload = Uploader !== undefined

export const isBlob = (value: unknown): value is Blob => typeof Blob !== 'undefined' && value instanceof Blob

/**
 * A body for `fetch`. Sources of bytes become a stream that counts what it hands over; files, bytes and text go as they are,
 * because browsers send streams only over HTTP/2.
 */
export function countingStream(body: StreamBody, onProgress?: OnProgress): NonNullable<RequestInit['body']> {
  if (typeof body === 'string' || body instanceof Uint8Array || isBlob(body)) return body
  const source = body[Symbol.asyncIterator]()
  let sent = 0
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) return controller.close()
      sent += value.byteLength
      controller.enqueue(value)
      onProgress?.(sent, null)
    },
    async cancel() {
      await source.return?.()
    },
  })
}

/** Sends a file with the browser's older request object, the only one that reports how much of a body has gone out. */
export function uploadWithProgress(
  url: string,
  init: RequestInit,
  body: Blob,
  onProgress: OnProgress,
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!Uploader) return reject(new TypeError('Uploads with progress need a browser.'))
    const request = new Uploader()
    request.open(init.method ?? 'POST', url)
    new Headers(init.headers).forEach((value, key) => {
      request.setRequestHeader(key, value)
    })
    request.upload.onprogress = (event) =>
      onProgress(event.loaded, event.lengthComputable ? event.total : null)
    request.onload = () =>
      request.status < 400
        ? resolve(request.responseText)
        : reject(errorFrom(request.status, request.responseText))
    request.onerror = () => reject(new OfflineError(new TypeError('The upload broke off.')))
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'))
    init.signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}
