import { conformance } from "@evictionary/conformance"
import { describe, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { recency, remembering, stack } from "../../core/test/policies.ts"

const strategies = deep ? [recency, remembering, stack] : [remembering]

for (const strategy of strategies) conformance(strategy, { describe, it })
