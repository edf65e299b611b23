import * as lru from "@evictionary/lru"
import * as memoize from "@evictionary/memoize"
import * as unbounded from "@evictionary/unbounded"
import * as theirs from "lru-cache"
import { test } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"

test.each([
  ["this package", "../README.md"],
  ["the repository", "../../../README.md"],
])("every example in the README of %s gives what it says", async (_, path) => {
  await runReadme(new URL(path, import.meta.url), {
    "@evictionary/lru": lru,
    "@evictionary/memoize": memoize,
    "@evictionary/unbounded": unbounded,
    "lru-cache": theirs,
  })
})
