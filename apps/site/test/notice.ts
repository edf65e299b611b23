import { deep } from "../../../scripts/deep.ts"
import { reasonToSkip } from "./chromium.ts"

/** What no browser is there for is skipped, and nobody shall overlook that. */
export function setup(): void {
  const reason = reasonToSkip()
  if (!deep || reason === undefined) return
  const line = `site: SKIPPED, all tests in a browser: ${reason}`
  process.stderr.write(`\n${"█".repeat(4)} ${line} ${"█".repeat(4)}\n\n`)
}
