/** One after the other, in one piece. */
export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}

/** The unsigned integer that so many bytes are, the lowest first; above 2^53 about that. */
export function unsigned(bytes: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let i = length - 1; i >= 0; i--) value = 256 * value + bytes[at + i]!
  return value
}

/** A call takes so many arguments anywhere. */
const PART = 2 ** 12

/** A character for each byte. The decoder that browsers call latin1 is of Windows. */
export function latin1(bytes: Uint8Array): string {
  let text = ""
  for (let at = 0; at < bytes.length; at += PART) {
    text += String.fromCharCode(...bytes.subarray(at, at + PART))
  }
  return text
}
