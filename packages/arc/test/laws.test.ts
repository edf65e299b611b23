import { arc } from "@evictionary/arc"
import { conformance } from "@evictionary/conformance"
import { describe, it } from "vitest"

conformance(arc, { describe, it })
