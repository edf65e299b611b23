import { conformance } from "@evictionary/conformance"
import { lru } from "@evictionary/lru"
import { describe, it } from "vitest"
import { LruModel } from "./model.ts"

conformance(
  lru,
  { describe, it },
  { worstCase: "constant", model: (capacity) => new LruModel(capacity) },
)
