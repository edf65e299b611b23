import { lru } from "@evictionary/lru"
import * as adapter from "@evictionary/lru-cache"
import { LRUCache } from "@evictionary/lru-cache"
import * as sieve from "@evictionary/sieve"
import { afterAll, test } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

afterAll(() => {
  LRUCache.strategy = lru
})

test("every example in the README gives what it says", async () => {
  await runReadme(new URL("../README.md", import.meta.url), {
    "@evictionary/lru-cache": adapter,
    "@evictionary/sieve": sieve,
  })
})
