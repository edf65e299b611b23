import { conformance } from "@evictionary/conformance"
import { slru } from "@evictionary/slru"
import { describe, it } from "vitest"
import { withOptions } from "../../../scripts/with-options.ts"

conformance(slru, { describe, it })
conformance(withOptions(slru, { protected: 0.5 }), { describe, it })
