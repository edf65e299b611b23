import { cacheOf, hitsOf } from "@evictionary/conformance"
import { lirs } from "@evictionary/lirs"
import { expect, it } from "vitest"
import {
  goldenSequences,
  goldenTraces,
  hasTraces,
  recordedHits,
  traceOf,
} from "../../../scripts/golden.ts"

goldenSequences(lirs)
goldenTraces(lirs, { history: Infinity })

it.runIf(hasTraces)("a history of two keys per entry costs next to nothing, nearly always", () => {
  const points = recordedHits("lirs").map(({ trace, capacity, requests, hits }) => {
    const bounded = hitsOf(cacheOf(lirs, capacity), traceOf(trace))
    return (100 * Math.abs(bounded - hits)) / requests
  })
  const within = points.filter((difference) => difference <= 0.5)
  expect(within.length / points.length).toBeGreaterThan(0.89)
})
