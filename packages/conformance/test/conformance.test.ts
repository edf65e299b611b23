import { conformance } from "@evictionary/conformance"
import { describe, it } from "vitest"
import { recency, remembering, stack } from "../../core/test/policies.ts"

conformance(recency, { describe, it })
conformance(remembering, { describe, it })
conformance(stack, { describe, it })
