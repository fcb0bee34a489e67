import { errorFrom, OfflineError } from './errors.ts'

/**
 * The lines of an NDJSON answer, parsed one by one as they arrive. A line `{"error":{…}}` is the server's way to say that it
 * failed after the answer had begun; it is thrown.
 */
export async function* readLines(response: Response): AsyncGenerator<unknown> {
  if (!response.body) return
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw error instanceof Error && error.name === 'AbortError' ? error : new OfflineError(error)
      })
      const lines = (rest + (value ?? '')).split('\n')
      rest = done ? '' : (lines.pop() ?? '')
      for (const line of lines) if (line.trim() !== '') yield parseLine(line)
      if (done) return
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

function parseLine(line: string): unknown {
  const value: unknown = JSON.parse(line)
  if (line.startsWith('{"error":')) throw errorFrom(500, line)
  return value
}
