import { clockOf } from "./expiry.ts"

/** Gets the errors that reach no caller, and what is to be said of them. */
type Handler<Details extends unknown[]> = (error: unknown, ...details: Details) => unknown

/** Between two warnings there are as many milliseconds. */
const PAUSE = 60_000

/** What hosts have, each some of it. */
interface Host {
  Bun?: unknown
  Deno?: unknown
  console: { error(text: string): void }
  process?: { emitWarning?(warning: string, type: string): void }
  reportError?(error: unknown): void
}

/**
 * Makes the function to which a cache, or whatever is built on one, gives the errors that reach no
 * caller. It never throws.
 *
 * They go to `handler`. What that throws, or rejects with, is reported to the host, as everything
 * is if there is none: by `reportError` where that ends no process, else as a warning, at most one
 * in a minute, which says how many were left out before it.
 */
export function reporter<Details extends unknown[]>(
  handler?: Handler<Details>,
): (error: unknown, ...details: Details) => void {
  const report = hostReporter()
  return (error, ...details) => {
    if (handler === undefined) return report(error)
    try {
      heed(handler(error, ...details), report)
    } catch (errorOfHandler) {
      report(errorOfHandler)
    }
  }
}

/** If a callback has returned a promise, its error is reported, too. */
export function heed(result: unknown, report: (error: unknown) => void): void {
  if (typeof result !== "object" || result === null) return
  const { then } = result as { then?: unknown }
  if (typeof then === "function") then.call(result, undefined, report)
}

function hostReporter(): (error: unknown) => void {
  let last = -Infinity
  let leftOut = 0
  return (error) => {
    try {
      const { Bun, Deno, console, process, reportError } = globalThis as unknown as Host
      // There it ends the process, as an error that nobody caught does.
      if (reportError && !Bun && !Deno) return reportError(error)
      const now = clockOf({}).now()
      if (Math.abs(now - last) < PAUSE) {
        leftOut++
        return
      }
      const more = leftOut === 0 ? "" : `\nand ${leftOut} more since the last warning`
      const text = textOf(error) + more
      last = now
      leftOut = 0
      if (process?.emitWarning) process.emitWarning(text, "CacheWarning")
      else console.error(text)
    } catch {
      // There is nobody left to tell.
    }
  }
}

function textOf(error: unknown): string {
  try {
    return String((error as Error | undefined)?.stack ?? error)
  } catch {
    return "an error that has no form as text"
  }
}
