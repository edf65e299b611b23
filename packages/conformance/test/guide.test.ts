import * as conformance from "@evictionary/conformance"
import * as core from "@evictionary/core"
import fc from "fast-check"
import { it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { runReadme } from "../../../scripts/run-readme.ts"

/** As the guide has it: which laws are broken is all that it asks, not the shortest way to do it. */
const lawsOf: typeof conformance.lawsOf = (strategy, expectations) => {
  // Who is broken is found out by some of many examples; whom the guide has finished, by any.
  const numRuns = strategy.strategyName === "careless" ? 10 : 3
  if (!deep) fc.configureGlobal({ numRuns, endOnFailure: true })
  return conformance.lawsOf(strategy, expectations)
}

it("the guide to writing a strategy does what it says", async () => {
  await runReadme(new URL("../../../docs/writing-a-strategy.md", import.meta.url), {
    "@evictionary/conformance": { ...conformance, lawsOf },
    "@evictionary/core": core,
  })
})
