import { conformance } from "@evictionary/conformance"
import { lru } from "@evictionary/lru"
import { describe, it } from "vitest"

conformance(lru, { describe, it })
