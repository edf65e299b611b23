import { clock } from "@evictionary/clock"
import { conformance } from "@evictionary/conformance"
import { describe, it } from "vitest"
import { ClockModel } from "./model.ts"

conformance(clock, { describe, it }, { model: (capacity) => new ClockModel(capacity) })
