import { conformance } from "@evictionary/conformance"
import { wTinyLfu } from "@evictionary/w-tinylfu"
import { describe, it } from "vitest"

conformance(wTinyLfu, { describe, it })
