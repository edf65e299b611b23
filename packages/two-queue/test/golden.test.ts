import { twoQueue } from "@evictionary/two-queue"
import { goldenSequences, goldenTraces } from "../../../scripts/golden.ts"

goldenSequences(twoQueue)
goldenTraces(twoQueue)
