import { conformance } from "@evictionary/conformance"
import { gdsf } from "@evictionary/gdsf"
import { describe, it } from "vitest"
import { GdsfModel } from "./model.ts"

conformance(gdsf, { describe, it }, { model: (capacity) => new GdsfModel(capacity) })
