import { writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { Worker } from "node:worker_threads"
import picocolors from "picocolors"
import type { Colors } from "picocolors/types.js"
import { type Python, python } from "./fib/python.ts"
import { Failure } from "./invocation.ts"
import type { Ask } from "./jobs.ts"
import { askProcess } from "./process.ts"
import { type StartProgress, startProgress } from "./progress.ts"
import { type FoundStrategy, findStrategies } from "./strategies.ts"

/** All that the commands need from outside, so that a test can stand in for it. */
export interface Host {
  /** Prints a page on standard output. */
  out(text: string): void
  /** Prints a complaint on standard error. */
  err(text: string): void
  colors: Colors
  startProgress: StartProgress
  findStrategies(): Promise<FoundStrategy[]>
  ask: Ask
  /** Starts a thread of the program, which does what `data` says. */
  startThread(data: object): Worker
  python: Python
  /** What the numbers were measured on. */
  machine: string
  now(): Date
  /** Writes a file; `path` is relative to where the command was given. */
  save(path: string, text: string): void
}

/** The real one; `entry` is the module that its processes run. */
export function realHost(entry: string): Host {
  const { NO_COLOR, FORCE_COLOR } = process.env
  // Not what picocolors has for it, which would colour in CI, and so in a pipe of it, too.
  const isTerminal = process.stdout.isTTY === true
  const forced = FORCE_COLOR ? !["0", "false"].includes(FORCE_COLOR) : undefined
  const colorful = !NO_COLOR && (forced ?? (isTerminal && picocolors.isColorSupported))
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    colors: picocolors.createColors(colorful),
    startProgress,
    findStrategies,
    ask: askProcess(entry),
    startThread: (workerData) => new Worker(entry, { workerData }),
    python,
    machine: `Node ${process.versions.node}, ${cpus()[0]?.model.trim() ?? process.arch}`,
    now: () => new Date(),
    save(path, text) {
      try {
        writeFileSync(path, text)
      } catch (error) {
        throw new Failure(`${path} was not written: ${(error as Error).message}`)
      }
    },
  }
}
