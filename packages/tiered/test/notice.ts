import { redisBinary } from "../../../scripts/redis-server.ts"

/** What no server is there for is skipped, and nobody shall overlook that. */
export function setup(): void {
  if (redisBinary()) return
  const line = "tiered: SKIPPED, all tests on a real server: install redis-server or valkey-server"
  process.stderr.write(`\n${"█".repeat(4)} ${line} ${"█".repeat(4)}\n\n`)
}
