import { clock } from "@evictionary/clock"
import { conformance } from "@evictionary/conformance"
import { describe, it } from "vitest"

conformance(clock, { describe, it })
