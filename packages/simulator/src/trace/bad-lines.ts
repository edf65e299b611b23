import { checkFunction, invalid } from "@evictionary/core"

/** A line of a trace that is not what its format says. */
export interface BadLine {
  /** Its number, from 1 on; in binary formats, that of the record. */
  readonly line: number
  /** What is wrong. */
  readonly reason: string
  /** How it begins. */
  readonly text: string
}

/** What to do with them: stop with a {@link TraceError}, skip them, or skip them and be told. */
export type OnBadLine = "refuse" | "skip" | ((bad: BadLine) => void)

/** Thrown for a bad line that is not to be skipped. */
export class TraceError extends Error implements BadLine {
  override readonly name = "TraceError"
  readonly code = "BAD_LINE"
  readonly line: number
  readonly reason: string
  readonly text: string

  constructor({ line, reason, text }: BadLine) {
    super(`line ${line} ${reason}: ${JSON.stringify(text)}`)
    this.line = line
    this.reason = reason
    this.text = text
  }
}

/** So much of a line is shown. */
const EXCERPT = 80

/** Counts bad lines, and does with them what it was told to. */
export class BadLines {
  count: number
  private readonly onBadLine: OnBadLine

  constructor(onBadLine: OnBadLine) {
    if (onBadLine !== "refuse" && onBadLine !== "skip") {
      if (typeof onBadLine === "string") {
        throw invalid("INVALID_OPTION", "onBadLine", '"refuse", "skip" or a function', onBadLine)
      }
      checkFunction("INVALID_OPTION", "onBadLine", onBadLine)
    }
    this.count = 0
    this.onBadLine = onBadLine
  }

  add(line: number, reason: string, text: string): void {
    this.count++
    const bad = { line, reason, text: text.slice(0, EXCERPT) }
    if (this.onBadLine === "refuse") throw new TraceError(bad)
    if (this.onBadLine !== "skip") this.onBadLine(bad)
  }
}
