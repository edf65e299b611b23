import { conformance } from "@evictionary/conformance"
import { fifo } from "@evictionary/fifo"
import { describe, it } from "vitest"
import { FifoModel } from "./model.ts"

conformance(
  fifo,
  { describe, it },
  { worstCase: "constant", model: (capacity) => new FifoModel(capacity) },
)
