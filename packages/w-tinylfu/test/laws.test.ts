import { conformance } from "@evictionary/conformance"
import { wTinyLfu } from "@evictionary/w-tinylfu"
import { describe, it } from "vitest"
import { withOptions } from "../../../scripts/with-options.ts"

conformance(wTinyLfu, { describe, it })
conformance(withOptions(wTinyLfu, { adaptive: false, window: 0.5 }), { describe, it })
