import { conformance } from "@evictionary/conformance"
import { lirs } from "@evictionary/lirs"
import { describe, it } from "vitest"

conformance(lirs, { describe, it })
