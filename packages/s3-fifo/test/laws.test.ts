import { conformance } from "@evictionary/conformance"
import { s3Fifo } from "@evictionary/s3-fifo"
import { describe, it } from "vitest"
import { withOptions } from "../../../scripts/with-options.ts"

conformance(s3Fifo, { describe, it })
conformance(withOptions(s3Fifo, { small: 0.5, ghost: 2 }), { describe, it })
