import * as conformance from "@evictionary/conformance"
import { it } from "vitest"
import { runReadme } from "../../../scripts/run-readme.ts"
import { recency } from "../../core/test/policies.ts"

it("the README's examples give what they say", async () => {
  await runReadme(new URL("../README.md", import.meta.url), {
    "@evictionary/conformance": conformance,
    "@evictionary/lru": { lru: recency },
  })
})
