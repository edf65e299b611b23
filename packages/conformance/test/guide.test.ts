import * as conformance from "@evictionary/conformance"
import * as core from "@evictionary/core"
import fc from "fast-check"
import { it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { runReadme } from "../../../scripts/run-readme.ts"

/** As the guide has it: whether laws are broken is all that it asks, not the shortest way to do it. */
const lawsOf: typeof conformance.lawsOf = (strategy, expectations) => {
  const laws = conformance.lawsOf(strategy, expectations)
  if (deep) return laws
  // Who is broken is found out by some of many examples; whom the guide has finished, by any.
  const numRuns = strategy.strategyName === "careless" ? 10 : 3
  fc.configureGlobal({ numRuns, endOnFailure: true })
  let isBroken = false
  return laws.map((law) => ({
    ...law,
    check(...given) {
      if (isBroken) return
      isBroken = true
      law.check(...given)
      isBroken = false
    },
  }))
}

it("the guide to writing a strategy does what it says", async () => {
  await runReadme(new URL("../../../docs/writing-a-strategy.md", import.meta.url), {
    "@evictionary/conformance": { ...conformance, lawsOf },
    "@evictionary/core": core,
  })
})
