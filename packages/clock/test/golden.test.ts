import { clock } from "@evictionary/clock"
import { goldenSequences, goldenTraces } from "../../../scripts/golden.ts"

goldenSequences(clock)
goldenTraces(clock)
