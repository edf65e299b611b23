import { platform } from "../platform.ts"
import { joined, latin1 } from "./bytes.ts"
import { TraceError } from "./trace-error.ts"

/** How bytes stand for text. */
export type Encoding = "latin1" | "utf-8"

const LF = 10

/** In UTF-8, so many bytes at most for what a string counts as a character. */
const WIDEST = 3

/** So much of a line that is no text is shown. */
const EXCERPT = 80

/**
 * The lines of a text, without their ends (LF or CR LF) and without a byte order mark, in groups as
 * they come. What a line has beyond `most` characters may be lost, but for some that tell.
 *
 * @throws {TraceError} `NOT_TEXT`, with the line, for bytes that are no text in the encoding:
 * whatever stood in their place, different keys would become one.
 */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  most: number,
): AsyncGenerator<string[]> {
  const longest = WIDEST * (most + 3)
  /** The line that has not ended, and whether some of it is lost. */
  let rest: Uint8Array = NOTHING
  let lost = false
  let number = 1
  for await (const chunk of bytes) {
    const end = chunk.lastIndexOf(LF)
    if (end >= 0) {
      const begin = lost ? chunk.indexOf(LF) : 0
      const lines = linesIn(joined(rest, chunk.subarray(begin, end)), encoding, number)
      number += lines.length
      yield lines
      rest = NOTHING
      lost = false
    }
    if (lost) continue
    rest = joined(rest, chunk.subarray(end + 1))
    if (rest.length > longest) {
      rest = wholeCharacters(rest, longest)
      lost = true
    }
  }
  if (rest.length > 0) yield linesIn(rest, encoding, number)
}

const NOTHING = new Uint8Array(0)

/** Whole lines, the first of which has this number. */
function linesIn(bytes: Uint8Array, encoding: Encoding, number: number): string[] {
  const marked = number === 1 && BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte)
  const unmarked = marked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes
  const text = textOf(unmarked, encoding)
  if (text === undefined) throw noText(unmarked, encoding, number)
  return text.split("\n").map(withoutReturn)
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** Says in which line the bytes are no text, and why. */
function noText(bytes: Uint8Array, encoding: Encoding, number: number): TraceError {
  let line = number
  for (let from = 0; ; line++) {
    const end = bytes.indexOf(LF, from)
    const part = bytes.subarray(from, end < 0 ? bytes.length : end)
    if (end < 0 || textOf(part, encoding) === undefined) {
      return new TraceError("NOT_TEXT", whyNot(part), line, latin1(part.subarray(0, EXCERPT)))
    }
    from += part.length + 1
  }
}

/** `undefined` if they are none. */
function textOf(bytes: Uint8Array, encoding: Encoding): string | undefined {
  if (bytes.includes(0)) return undefined
  if (encoding === "latin1") return latin1(bytes)
  try {
    utf8 ??= new platform.TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

let utf8: InstanceType<typeof platform.TextDecoder> | undefined

function whyNot(bytes: Uint8Array): string {
  return bytes.includes(0)
    ? "has a byte of 0, as binary files have, and text in UTF-16"
    : "is not in UTF-8, as text is unless `encoding` says otherwise"
}

/** The beginning of a text in UTF-8, of so many bytes or a few less. */
function wholeCharacters(bytes: Uint8Array, length: number): Uint8Array {
  let end = length
  while (end > length - WIDEST && (bytes[end]! & 0xc0) === 0x80) end--
  // A copy, so that what is lost does not stay in memory.
  return bytes.slice(0, end)
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line
}
