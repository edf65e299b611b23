import { lru } from "@evictionary/lru"
import { goldenSequences, goldenTraces } from "../../../scripts/golden.ts"

goldenSequences(lru)
goldenTraces(lru)
