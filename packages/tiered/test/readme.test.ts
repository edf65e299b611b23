import * as diagnosticsChannel from "node:diagnostics_channel"
import * as lru from "@evictionary/lru"
import * as memoize from "@evictionary/memoize"
import * as tiered from "@evictionary/tiered"
import * as diagnostics from "@evictionary/tiered/diagnostics"
import * as laws from "@evictionary/tiered/laws"
import * as memory from "@evictionary/tiered/memory"
import { test } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

// Where there is no server, examples share a tier in memory.
test("every example in the README gives what it says", async () => {
  const tier = new memory.MemoryTier()
  await runReadme(new URL("../README.md", import.meta.url), {
    "node:diagnostics_channel": diagnosticsChannel,
    "@evictionary/lru": lru,
    "@evictionary/memoize": memoize,
    "@evictionary/tiered": tiered,
    "@evictionary/tiered/diagnostics": diagnostics,
    "@evictionary/tiered/ioredis": { ioredis: () => tier },
    "@evictionary/tiered/laws": laws,
    "@evictionary/tiered/memory": memory,
    ioredis: { Redis: class {} },
  })
})
