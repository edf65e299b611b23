import { conformance } from "@evictionary/conformance"
import { describe, it } from "vitest"
import { recency, remembering } from "../../core/test/policies.ts"

conformance(recency, { describe, it })
conformance(remembering, { describe, it })
