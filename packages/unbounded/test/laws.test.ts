import { conformance } from "@evictionary/conformance"
import { unbounded } from "@evictionary/unbounded"
import { describe, it } from "vitest"

conformance(unbounded, { describe, it }, { worstCase: "constant" })
