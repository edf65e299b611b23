import { fifo } from "@evictionary/fifo"
import { goldenSequences, goldenTraces } from "../../../scripts/golden.ts"

goldenSequences(fifo)
goldenTraces(fifo)
