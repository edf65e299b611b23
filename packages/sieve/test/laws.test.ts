import { conformance } from "@evictionary/conformance"
import { sieve } from "@evictionary/sieve"
import { describe, it } from "vitest"
import { SieveModel } from "./model.ts"

conformance(sieve, { describe, it }, { model: (capacity) => new SieveModel(capacity) })
