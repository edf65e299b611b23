import { s3Fifo } from "@evictionary/s3-fifo"
import { goldenSequences, goldenTraces } from "../../../scripts/golden.ts"

goldenSequences(s3Fifo)
goldenTraces(s3Fifo)
