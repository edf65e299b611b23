import { conformance } from "@evictionary/conformance"
import { describe, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { recency, remembering, stack } from "../../core/test/policies.ts"

// Strategies show the same where there is little time, each in a file of its own.
describe.runIf(deep)("the policies that core is tested with", () => {
  for (const strategy of [recency, remembering, stack]) conformance(strategy, { describe, it })
})
