import { conformance } from "@evictionary/conformance"
import { lfu } from "@evictionary/lfu"
import { describe, it } from "vitest"

conformance(lfu, { describe, it })
