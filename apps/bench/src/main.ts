import { isMainThread } from "node:worker_threads"
import { answerParent, CHILD } from "./process.ts"

const args = process.argv.slice(2)

if (!isMainThread) {
  const { soakThread } = await import("./tiered/soak-worker.ts")
  await soakThread()
} else if (args[0] === CHILD) {
  answerParent()
} else {
  // A process that measures loads nothing that it does not need.
  const { realHost } = await import("./host.ts")
  const { run } = await import("./program.ts")
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    // Whoever reads only the first lines has read enough.
    if (code === "EPIPE") process.exit(0)
    process.stderr.write(`error: standard output: ${message}\n`)
    process.exit(1)
  })
  process.exitCode = await run(args, realHost(import.meta.filename))
}
