import { realHost } from "./host.ts"
import { answerParent, CHILD } from "./process.ts"
import { run } from "./program.ts"

const args = process.argv.slice(2)

if (args[0] === CHILD) {
  answerParent()
} else {
  // Whoever reads only the first lines has read enough.
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === "EPIPE" ? 0 : 1),
  )
  process.exitCode = await run(args, realHost(import.meta.filename))
}
