import { slru } from "@evictionary/slru"
import { goldenSequences, goldenTraces } from "../../../scripts/golden.ts"

goldenSequences(slru)
goldenTraces(slru)
