import { conformance } from "@evictionary/conformance"
import { gdsf } from "@evictionary/gdsf"
import { describe, it } from "vitest"

conformance(gdsf, { describe, it })
