// Node and browsers both have these; the package is checked without the type libraries of either.
declare const TextDecoder: new (
  label?: string,
  options?: { ignoreBOM?: boolean },
) => {
  decode(bytes: Uint8Array): string
}
declare const TextEncoder: new () => { encode(text: string): Uint8Array }

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text)
}
