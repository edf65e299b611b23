import { sieve } from "@evictionary/sieve"
import { goldenSequences, goldenTraces } from "../../../scripts/golden.ts"

goldenSequences(sieve)
goldenTraces(sieve)
