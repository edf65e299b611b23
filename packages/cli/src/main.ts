#!/usr/bin/env node
import { writeFileSync } from "node:fs"
import { pathToFileURL } from "node:url"
import { resolve } from "import-meta-resolve"
import picocolors from "picocolors"
import { isColorful } from "./colors.ts"
import { run } from "./program.ts"
import { reasonOf } from "./reason.ts"

const { stdin, stdout, stderr, env } = process
const isTerminal = stdout.isTTY === true
const interrupt = new AbortController()

// Once: the second one ends the process as if nobody listened.
process.once("SIGINT", () => interrupt.abort())

stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Whoever reads only the first lines has read enough.
  if (error.code === "EPIPE") process.exit(0)
  stderr.write(`error: standard output: ${reasonOf(error)}\n`)
  process.exit(1)
})

// There is nobody left to tell.
stderr.on("error", () => {})

process.exitCode = await run(process.argv.slice(2), {
  get in() {
    return stdin
  },
  out: stdout,
  err: stderr,
  watched: stderr.isTTY === true && env.CI === undefined && env.TERM !== "dumb",
  // Not whether picocolors would colour, which it does in CI, and so in a pipe of it, too.
  colors: picocolors.createColors(isColorful(env, isTerminal && picocolors.isColorSupported)),
  signal: interrupt.signal,
  now: () => performance.now(),
  save: writeFileSync,
  import: (name) => import(located(name)),
})

if (interrupt.signal.aborted) {
  // What is still to come there does not matter any more.
  stdin.destroy()
  // Nor in a pipe to which nobody writes: who waits for that does not even get to its exit.
  stdout.write("", () => setTimeout(() => process.kill(process.pid, "SIGINT"), 100).unref())
}

/** Where a package is: seen from the folder where the command is used, or else from here. */
function located(name: string): string {
  try {
    return resolve(name, pathToFileURL(`${process.cwd()}/`).href)
  } catch {
    return name
  }
}
