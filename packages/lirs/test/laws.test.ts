import { conformance } from "@evictionary/conformance"
import { lirs } from "@evictionary/lirs"
import { describe, it } from "vitest"
import { withOptions } from "../../../scripts/with-options.ts"

conformance(lirs, { describe, it })
conformance(withOptions(lirs, { history: Infinity }), { describe, it })
