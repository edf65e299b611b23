import { conformance } from "@evictionary/conformance"
import { lfu } from "@evictionary/lfu"
import { describe, it } from "vitest"
import { LfuModel } from "./model.ts"

conformance(
  lfu,
  { describe, it },
  { worstCase: "constant", model: (capacity) => new LfuModel(capacity) },
)
