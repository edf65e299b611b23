import { arc } from "@evictionary/arc"
import { goldenSequences, goldenTraces } from "../../../scripts/golden.ts"

goldenSequences(arc)
goldenTraces(arc)
