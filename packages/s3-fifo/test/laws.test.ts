import { conformance } from "@evictionary/conformance"
import { s3Fifo } from "@evictionary/s3-fifo"
import { describe, it } from "vitest"

conformance(s3Fifo, { describe, it })
