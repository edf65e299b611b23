import { arc } from "@evictionary/arc"
import { conformance } from "@evictionary/conformance"
import { describe, it } from "vitest"
import { ArcModel } from "./model.ts"

conformance(
  arc,
  { describe, it },
  { worstCase: "constant", model: (capacity) => new ArcModel(capacity) },
)
