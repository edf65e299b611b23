import { checkFunction, invalid } from "@evictionary/core"
import { type BadLine, TraceError } from "./trace-error.ts"

/** What to do with them: stop with a {@link TraceError}, skip them, or skip them and be told. */
export type OnBadLine = "refuse" | "skip" | ((bad: BadLine) => void)

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
    if (this.onBadLine === "refuse") throw new TraceError("BAD_LINE", reason, line, bad.text)
    if (this.onBadLine !== "skip") this.onBadLine(bad)
  }
}
