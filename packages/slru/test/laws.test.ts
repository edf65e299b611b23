import { conformance } from "@evictionary/conformance"
import { slru } from "@evictionary/slru"
import { describe, it } from "vitest"

conformance(slru, { describe, it })
