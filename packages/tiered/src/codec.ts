/**
 * How values become texts or bytes that a second tier can hold. Whatever the codec, `undefined` and
 * values that are errors stay what they are.
 */
export interface Codec<V> {
  /** `"bytes"` if `encode` makes a `Uint8Array`; `"text"` if it makes a string. */
  readonly form: "bytes" | "text"
  /** May throw if there is no such form of `value`: then it is kept in this process only. */
  encode(value: V): string | Uint8Array
  /** May throw: then the value is as good as absent. */
  decode(payload: string | Uint8Array): V
}

/** Values as JSON, as long as they have a form in it that says all: see {@link Codec}. */
export const json: Codec<unknown> = {
  form: "text",
  encode(value) {
    const text: string | undefined = JSON.stringify(value)
    // A function, say.
    if (text === undefined) throw new TypeError(`JSON has no form for a ${typeof value}`)
    return text
  },
  decode: (payload) => JSON.parse(payload as string),
}

/** Values that are bytes already. */
export const bytes: Codec<Uint8Array> = {
  form: "bytes",
  encode(value) {
    if (!(value instanceof Uint8Array)) throw new TypeError("it is no Uint8Array")
    return value
  },
  decode: (payload) => payload as Uint8Array,
}

/** What a value is in a second tier, or `undefined` there is no reading it. */
export interface Envelope {
  readonly kind: string
  readonly payload: string | Uint8Array
}

/** JSON, text of another codec, bytes, `undefined`, error. */
type Kind = "j" | "t" | "b" | "u" | "e"

/** Values in and out of envelopes. A kind that the codec does not make is not read either. */
export interface Packing<V> {
  pack(value: V): Envelope
  /** Throws if there is no value in it. */
  unpack(envelope: Envelope): V
}

export function packingOf<V>(codec: Codec<V>): Packing<V> {
  const own: Kind = (codec as unknown) === json ? "j" : codec.form === "bytes" ? "b" : "t"
  return {
    pack(value) {
      if (value === undefined) return { kind: "u", payload: "" }
      if (value instanceof Error) return { kind: "e", payload: JSON.stringify(plain(value)) }
      return { kind: own, payload: codec.encode(value) }
    },
    unpack({ kind, payload }) {
      if (kind === own) return codec.decode(payload)
      if (kind === "u") return undefined as V
      if (kind === "e") return revived(JSON.parse(textOf(payload))) as V
      throw new TypeError(`it is of the kind ${kind}, not ${own}`)
    },
  }
}

interface PlainError {
  readonly name: string
  readonly message: string
  readonly stack?: string | undefined
  readonly cause?: unknown
}

/** An error with what it says and where it came from; own properties such as `code` too. */
function plain(error: Error): PlainError {
  const { name, message, stack, cause } = error
  const origin = cause instanceof Error ? { cause: { ...plain(cause), isError: true } } : { cause }
  return { ...error, name, message, stack, ...origin }
}

function revived({ name, message, stack, cause, ...others }: PlainError): Error {
  const error = new Error(message)
  const isError = (cause as { isError?: boolean } | undefined)?.isError
  const { isError: _, ...origin } = (cause ?? {}) as { isError?: boolean }
  if (cause !== undefined) error.cause = isError ? revived(origin as PlainError) : cause
  Object.defineProperty(error, "name", { value: name, configurable: true, writable: true })
  Object.defineProperty(error, "stack", { value: stack, configurable: true, writable: true })
  return Object.assign(error, others)
}

function textOf(payload: string | Uint8Array): string {
  return typeof payload === "string" ? payload : new TextDecoder().decode(payload)
}
