import { conformance } from "@evictionary/conformance"
import { fifo } from "@evictionary/fifo"
import { describe, it } from "vitest"

conformance(fifo, { describe, it })
