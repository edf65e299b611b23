import fc from "fast-check"
import { deep } from "./deep.ts"

// Where there is little time, a property is tried on a few dozen examples, unless it says how many
// it needs; where there is more, on as many as fast-check has by itself. Laws say how many they need.
if (!deep) fc.configureGlobal({ numRuns: 30 })
