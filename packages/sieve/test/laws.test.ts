import { conformance } from "@evictionary/conformance"
import { sieve } from "@evictionary/sieve"
import { describe, it } from "vitest"

conformance(sieve, { describe, it })
