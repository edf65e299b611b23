import * as lru from "@evictionary/lru"
import * as memoize from "@evictionary/memoize"
import * as unbounded from "@evictionary/unbounded"
import * as theirs from "lru-cache"
import { test } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

test("every example in the README gives what it says", async () => {
  await runReadme(new URL("../README.md", import.meta.url), {
    "@evictionary/lru": lru,
    "@evictionary/memoize": memoize,
    "@evictionary/unbounded": unbounded,
    "lru-cache": theirs,
  })
})
