import { conformance } from "@evictionary/conformance"
import { twoQueue } from "@evictionary/two-queue"
import { describe, it } from "vitest"
import { withOptions } from "../../../scripts/with-options.ts"

conformance(twoQueue, { describe, it })
conformance(withOptions(twoQueue, { recent: 0.5, history: 2 }), { describe, it })
