/// <reference types="node" />
import { isUtf8 } from "node:buffer"
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
  let rest: Buffer = Buffer.alloc(0)
  let lost = false
  let number = 1
  for await (const chunk of bytes) {
    const end = chunk.lastIndexOf(LF)
    if (end >= 0) {
      const begin = lost ? chunk.indexOf(LF) : 0
      const lines = linesIn(Buffer.concat([rest, chunk.subarray(begin, end)]), encoding, number)
      number += lines.length
      yield lines
      rest = Buffer.alloc(0)
      lost = false
    }
    if (lost) continue
    rest = Buffer.concat([rest, chunk.subarray(end + 1)])
    if (rest.length > longest) {
      rest = wholeCharacters(rest, longest)
      lost = true
    }
  }
  if (rest.length > 0) yield linesIn(rest, encoding, number)
}

/** Whole lines, the first of which has this number. */
function linesIn(bytes: Buffer, encoding: Encoding, number: number): string[] {
  const marked = number === 1 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)
  const text = marked ? bytes.subarray(3) : bytes
  checkText(text, encoding, number)
  return text.toString(encoding).split("\n").map(withoutReturn)
}

const BYTE_ORDER_MARK = Buffer.from("\ufeff")

function checkText(bytes: Buffer, encoding: Encoding, number: number): void {
  if (isText(bytes, encoding)) return
  let line = number
  for (let from = 0; from <= bytes.length; line++) {
    const end = bytes.indexOf(LF, from)
    const part = bytes.subarray(from, end < 0 ? bytes.length : end)
    if (!isText(part, encoding)) throw new TraceError("NOT_TEXT", whyNot(part), line, excerpt(part))
    from += part.length + 1
  }
}

function isText(bytes: Buffer, encoding: Encoding): boolean {
  return !bytes.includes(0) && (encoding === "latin1" || isUtf8(bytes))
}

function whyNot(bytes: Buffer): string {
  return bytes.includes(0)
    ? "has a byte of 0, as binary files have, and text in UTF-16"
    : "is not in UTF-8, as text is unless `encoding` says otherwise"
}

function excerpt(bytes: Buffer): string {
  return bytes.toString("latin1", 0, EXCERPT)
}

/** The beginning of a text in UTF-8, of so many bytes or a few less. */
function wholeCharacters(bytes: Buffer, length: number): Buffer {
  let end = length
  while (end > length - WIDEST && (bytes[end]! & 0xc0) === 0x80) end--
  // A copy, so that what is lost does not stay in memory.
  return Buffer.from(bytes.subarray(0, end))
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line
}
