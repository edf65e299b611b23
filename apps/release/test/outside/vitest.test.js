import { conformance } from "@evictionary/conformance"
import { describe, it } from "vitest"
import { mine } from "./mine.js"

conformance(mine, { describe, it })
