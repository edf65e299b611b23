import type { Writable } from "node:stream"
import type { Colors } from "picocolors/types.js"

/** All that the commands need from outside, so that a test can stand in for it. */
export interface Host {
  /** Standard input, output and error. */
  readonly in: AsyncIterable<Uint8Array>
  readonly out: Writable
  readonly err: Writable
  /** Whether somebody sits in front of standard error, to whom progress can be shown. */
  readonly watched: boolean
  readonly colors: Colors
  /** Aborted when the user has had enough: what is known by then is to be printed. */
  readonly signal: AbortSignal
  /** Milliseconds from some point in time on. */
  now(): number
  /** Writes a file; `path` is relative to where the command was given. */
  save(path: string, text: string): void
  /** Imports a package that the command line names. */
  import(name: string): Promise<object>
}
