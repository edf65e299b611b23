/** A line of a trace that is not what its format says. */
export interface BadLine {
  /** Its number, from 1 on; in binary formats, that of the record. */
  readonly line: number
  /** What is wrong. */
  readonly reason: string
  /** How it begins. */
  readonly text: string
}

/**
 * `BAD_LINE`: a line is not what its format says. `NOT_TEXT`: a line has bytes that are no text in
 * the encoding that is expected. `UNSUPPORTED`: the file is of another kind, or asks for too much.
 * `DAMAGED`: what it is compressed to is not whole.
 */
export type TraceErrorCode = "BAD_LINE" | "DAMAGED" | "NOT_TEXT" | "UNSUPPORTED"

/** Thrown where a trace cannot be read, or has a bad line that is not to be skipped. */
export class TraceError extends Error {
  override readonly name = "TraceError"
  /** Stable: compare with this, never with the message. */
  readonly code: TraceErrorCode
  readonly reason: string
  /** `undefined` if it is about the file. */
  readonly line: number | undefined
  /** How the line begins; `undefined` if it is no text. */
  readonly text: string | undefined

  constructor(code: TraceErrorCode, reason: string, line?: number, text?: string) {
    const place = line === undefined ? "" : `line ${line} `
    super(place + reason + (text === undefined ? "" : `: ${JSON.stringify(text)}`))
    this.code = code
    this.reason = reason
    this.line = line
    this.text = text
  }
}

/** What is compressed cannot be made out. */
export function damaged(why: string): TraceError {
  return new TraceError("DAMAGED", `its compression is damaged: ${why}`)
}
