#!/usr/bin/env node
import { pathToFileURL } from "node:url"
import { resolve } from "import-meta-resolve"
import picocolors from "picocolors"
import { run } from "./program.ts"

const { stdin, stdout, stderr, env } = process
const interrupt = new AbortController()

// Once: the second one ends the process as if nobody listened.
process.once("SIGINT", () => interrupt.abort())

// Whoever reads only the first lines has read enough.
stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 1))

// picocolors would colour in CI, and so in a pipe of it, too.
const colorful = !env.NO_COLOR && (stdout.isTTY ? picocolors.isColorSupported : !!env.FORCE_COLOR)

process.exitCode = await run(process.argv.slice(2), {
  get in() {
    return stdin
  },
  out: stdout,
  err: stderr,
  watched: stderr.isTTY === true && env.CI === undefined && env.TERM !== "dumb",
  colors: picocolors.createColors(colorful),
  signal: interrupt.signal,
  now: () => performance.now(),
  import: (name) => import(located(name)),
})

// What is still to come there does not matter any more.
if (interrupt.signal.aborted) stdin.destroy()

/** Where a package is: seen from the folder where the command is used, or else from here. */
function located(name: string): string {
  try {
    return resolve(name, pathToFileURL(`${process.cwd()}/`).href)
  } catch {
    return name
  }
}
