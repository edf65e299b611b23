import * as conformance from "@evictionary/conformance"
import * as core from "@evictionary/core"
import fc from "fast-check"
import { it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { runReadme } from "../../../scripts/run-readme.ts"

// Which laws are broken is all that the guide asks, not the shortest way to break them.
if (!deep) fc.configureGlobal({ numRuns: 10, endOnFailure: true })

it("the guide to writing a strategy does what it says", async () => {
  await runReadme(new URL("../../../docs/writing-a-strategy.md", import.meta.url), {
    "@evictionary/conformance": conformance,
    "@evictionary/core": core,
  })
})
