import { describe, it } from "node:test"
import { conformance } from "@evictionary/conformance"
import { mine } from "./mine.js"

conformance(mine, { describe, it })
