import { car } from "@evictionary/car"
import { conformance } from "@evictionary/conformance"
import { describe, it } from "vitest"

conformance(car, { describe, it })
