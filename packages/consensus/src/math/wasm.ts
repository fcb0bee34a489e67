/**
 * WebAssembly modules written as nested calls, with just the instructions that are used. A piece of code is its bytes; what takes
 * operands takes them as code that leaves them on the stack.
 */
export type Code = readonly number[]

/** Unsigned LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
  return bytes
}

/** Signed LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest > 0x3f || rest < -0x40) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>= 7
  }
  bytes.push(rest & 0x7f)
  return bytes
}

export const plain =
  (opcode: number) =>
  (...operands: Code[]): Code => [...operands.flat(), opcode]
export const vector =
  (opcode: number) =>
  (...operands: Code[]): Code => [...operands.flat(), 0xfd, ...unsigned(opcode)]
/** Memory access at an address plus a fixed number of bytes; alignment is only a hint, so none is given. */
export const plainAt =
  (opcode: number) =>
  (offset: number, ...operands: Code[]): Code => [...operands.flat(), opcode, 0, ...unsigned(offset)]
export const vectorAt =
  (opcode: number) =>
  (offset: number, ...operands: Code[]): Code => [
    ...operands.flat(),
    0xfd,
    ...unsigned(opcode),
    0,
    ...unsigned(offset),
  ]

export const I32 = 0x7f
export const V128 = 0x7b

export const get = (local: number): Code => [0x20, ...unsigned(local)]
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)]
export const number = (value: number): Code => [0x41, ...signed(value)]

/** Two doubles as a constant vector, both `value`. */
export const doubles = (value: number): Code => [
  ...[0xfd, 12],
  ...new Uint8Array(Float64Array.of(value, value).buffer),
]

export const i32 = {
  add: plain(0x6a),
  sub: plain(0x6b),
  less: plain(0x48),
  shiftLeft: plain(0x74),
  load: plainAt(0x28),
}
export const f64 = { add: plain(0xa0), store: plainAt(0x39) }
export const f64x2 = {
  lane: (index: number, value: Code): Code => [...vector(0x21)(value), index],
  abs: vector(0xec),
  add: vector(0xf0),
  sub: vector(0xf1),
  mul: vector(0xf2),
  div: vector(0xf3),
  max: vector(0xf7),
  nearest: vector(0x94),
  above: vector(0x4a),
}
export const v128 = {
  load: vectorAt(0x00),
  /** One double into the lower lane, zero into the upper. */
  loadOne: vectorAt(0x5d),
  store: vectorAt(0x0b),
  and: vector(0x4e),
  shiftLeft64: vector(0xcb),
  /** Bytes of a vector in another order, by number. */
  shuffle: (value: Code, bytes: readonly number[]): Code => [...value, ...value, 0xfd, 0x0d, ...bytes],
}

/** Runs `body` while `condition` holds. */
export const loop = (condition: Code, ...body: Code[]): Code => [
  ...[0x02, 0x40, 0x03, 0x40],
  ...condition,
  ...[0x45, 0x0d, 1],
  ...body.flat(),
  ...[0x0c, 0, 0x0b, 0x0b],
]

const section = (id: number, ...items: Code[]): number[] => {
  const body = [...unsigned(items.length), ...items.flat()]
  return [id, ...unsigned(body.length), ...body]
}
const named = (name: string) => [name.length, ...[...name].map((letter) => letter.charCodeAt(0))]

/** A module with one exported function `run`, which returns nothing, over an imported memory `m.memory`. */
export function wasmModule(shape: {
  readonly parameters: readonly number[]
  readonly locals: readonly number[]
  readonly body: Code
}): Uint8Array<ArrayBuffer> {
  const { parameters, locals, body } = shape
  const code = [...unsigned(locals.length), ...locals.flatMap((type) => [1, type]), ...body, 0x0b]
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [0x60, ...unsigned(parameters.length), ...parameters, 0]),
    ...section(2, [...named('m'), ...named('memory'), 0x02, 0x00, 0x00]),
    ...section(3, [0]),
    ...section(7, [...named('run'), 0x00, 0]),
    ...section(10, [...unsigned(code.length), ...code]),
  )
}

/** The little of WebAssembly that is used, so that the package needs the types of no platform. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer }
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly run: Run } }
}

export type Run = (...operands: number[]) => void

/** A module's function and the memory it works on. */
export interface Kernel {
  readonly run: Run
  readonly buffer: ArrayBuffer
}

const compiled = new Map<string, object>()

/**
 * The function of a module (compiled once per name) over a new memory of so many bytes; undefined where there is no WebAssembly, where
 * a page forbids it, or where there is no such memory.
 */
export function newKernel(
  name: string,
  code: () => Uint8Array<ArrayBuffer>,
  bytes: number,
): Kernel | undefined {
  try {
    const module = compiled.get(name) ?? new WebAssembly.Module(code())
    compiled.set(name, module)
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) })
    const { run } = new WebAssembly.Instance(module, { m: { memory } }).exports
    return { run, buffer: memory.buffer }
  } catch {
    return undefined
  }
}
