import type { Block, Key } from "../traffic.ts"

/** So many requests make a block, at least, unless there are no more. */
const BLOCK = 8192

/** V8 keeps the whole text alive from which a part of this length or more was cut. */
const SLICED = 13

/** Requests that were read, until there are enough for a block. */
export class Requests {
  private keys: Key[]
  private sizes: number[]

  constructor() {
    this.keys = []
    this.sizes = []
  }

  get enough(): boolean {
    return this.keys.length >= BLOCK
  }

  add(key: Key, size?: number): void {
    this.keys.push(key)
    if (size !== undefined) this.sizes.push(size)
  }

  /** What was read, to be forgotten here. Sizes are known if they are for all. */
  take(): Block {
    const { keys, sizes } = this
    this.keys = []
    this.sizes = []
    return sizes.length === keys.length ? { keys, sizes } : { keys }
  }
}

/** The key that a text is: a number if it is how an integer of 32 bits is written. */
export function keyOf(text: string): Key {
  return integerIn(text) ?? (text.length < SLICED ? text : ` ${text}`.slice(1))
}

/** How many bytes a text says; `undefined` if it says none. */
export function sizeOf(text: string): number | undefined {
  const size = /^\d+$/.test(text) ? Number(text) : NaN
  return Number.isSafeInteger(size) ? size : undefined
}

/** The integer of 32 bits that is written so, and in no other way. */
function integerIn(text: string): number | undefined {
  const first = text.charCodeAt(0) === MINUS ? 1 : 0
  const digits = text.length - first
  if (digits < 1 || digits > 10) return undefined
  if (text.charCodeAt(first) === ZERO && text.length > 1) return undefined
  let value = 0
  for (let at = first; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO
    if (digit < 0 || digit > 9) return undefined
    value = 10 * value + digit
  }
  if (first === 1) value = -value
  return (value | 0) === value ? value : undefined
}

const MINUS = 45
const ZERO = 48
