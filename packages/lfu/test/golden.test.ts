import { lfu } from "@evictionary/lfu"
import { goldenSequences, goldenTraces } from "../../../scripts/golden.ts"

goldenSequences(lfu)
goldenTraces(lfu)
