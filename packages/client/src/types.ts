import type { Api, CallName } from '@groundwork/contract'

type InputOf<S> = S extends { _zod: { input: infer I } } ? I : never
type OutputOf<S> = S extends { _zod: { output: infer O } } ? O : never
type Field<C, K extends string> = C extends { [key in K]: infer S } ? S : never

/** What a streamed body may be: a file, bytes, text, or a source of bytes (Node only). */
export type StreamBody = Blob | Uint8Array<ArrayBuffer> | string | AsyncIterable<Uint8Array>

export type CallOptions = {
  signal?: AbortSignal
  /** Makes a repeated call answer with the first result; honoured by the calls that the contract marks as idempotent. */
  idempotencyKey?: string
  /** Lets the request outlive the page that sent it (bodies up to 64 KiB). */
  keepalive?: boolean
  /** Bytes sent so far and, when known, in all; only for streamed bodies. */
  onProgress?: (sent: number, total: number | null) => void
  /** Content type of a streamed body. Default: `application/octet-stream`. */
  contentType?: string
}

type ParamsPart<C> = [Field<C, 'params'>] extends [never] ? unknown : { params: InputOf<Field<C, 'params'>> }
type QueryPart<C> = [Field<C, 'query'>] extends [never] ? unknown : { query?: InputOf<Field<C, 'query'>> }
type BodyPart<C> = C extends { bodyType: 'stream' }
  ? { body: StreamBody }
  : [Field<C, 'body'>] extends [never]
    ? unknown
    : undefined extends InputOf<Field<C, 'body'>>
      ? { body?: InputOf<Field<C, 'body'>> }
      : { body: InputOf<Field<C, 'body'>> }

/** What a call takes: `params`, `query` and `body` as the contract has them, and options of the transport. */
export type CallInput<N extends CallName> = ParamsPart<Api[N]> &
  QueryPart<Api[N]> &
  BodyPart<Api[N]> &
  CallOptions

/** What a call gives: the parsed answer; lines as they arrive for NDJSON; the raw `Response` for files and CSV. */
export type CallOutput<N extends CallName> = Api[N] extends { responseType: 'ndjson' }
  ? AsyncIterable<OutputOf<Field<Api[N], 'response'>>>
  : Api[N] extends { responseType: 'file' | 'csv' }
    ? Response
    : OutputOf<Field<Api[N], 'response'>>

type Method<N extends CallName> =
  Record<never, never> extends CallInput<N>
    ? (input?: CallInput<N>) => Promise<CallOutput<N>>
    : (input: CallInput<N>) => Promise<CallOutput<N>>

/** One method per call of the contract. */
export type Client = { readonly [N in CallName]: Method<N> }
