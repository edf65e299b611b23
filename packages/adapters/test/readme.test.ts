import * as adapters from "@evictionary/adapters"
import * as lru from "@evictionary/lru"
import * as sieve from "@evictionary/sieve"
import * as cacheManager from "cache-manager"
import * as keyv from "keyv"
import * as keyv6 from "keyv-6"
import * as unstorage from "unstorage"
import { test } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

test.each([
  ["Keyv 5", keyv],
  ["Keyv 6", keyv6],
])("every example in the README gives what it says, with %s", async (_, keyv) => {
  await runReadme(new URL("../README.md", import.meta.url), {
    "@evictionary/adapters": adapters,
    "@evictionary/lru": lru,
    "@evictionary/sieve": sieve,
    "cache-manager": cacheManager,
    keyv,
    unstorage,
  })
})
