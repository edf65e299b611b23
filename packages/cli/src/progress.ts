import { clearLine, cursorTo } from "node:readline"
import { percent, rounded, span } from "@evictionary/report"
import type { Host } from "./host.ts"

/** Milliseconds between two times that the line is written. */
const PAUSE = 100

/**
 * A line that says on a terminal how far the work is, how fast it goes and how long it will take. It
 * is written over and over, and leaves no trace.
 */
export class Progress {
  private readonly host: Host
  private stage: string
  private begun: number
  private shown: number

  constructor(host: Host) {
    this.host = host
    this.stage = ""
    this.begun = 0
    this.shown = 0
  }

  /** So much of a stage has been done: requests, and a share from 0 to 1, if that is known. */
  update(stage: string, requests: number, share: number | undefined): void {
    const { watched, err } = this.host
    if (!watched) return
    const now = this.host.now()
    if (stage !== this.stage) {
      this.stage = stage
      this.begun = now
      this.shown = now
    }
    if (now - this.shown < PAUSE) return
    this.shown = now
    const taken = now - this.begun
    const parts = [
      share === undefined ? `${rounded(requests)} requests` : percent(Math.min(share, 1), 0),
      `${rounded((1_000 * requests) / taken)} requests/s`,
      ...(share ? [`${span((taken * Math.max(0, 1 - share)) / share)} left`] : []),
    ]
    cursorTo(err, 0)
    err.write(`${stage}: ${parts.join(", ")}`)
    clearLine(err, 1)
  }

  /** Takes the line away. */
  clear(): void {
    if (!this.host.watched) return
    cursorTo(this.host.err, 0)
    clearLine(this.host.err, 1)
  }
}
