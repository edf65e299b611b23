import { conformance } from "@evictionary/conformance"
import { twoQueue } from "@evictionary/two-queue"
import { describe, it } from "vitest"

conformance(twoQueue, { describe, it })
