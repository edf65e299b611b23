import { cacheOf, hitsOf } from "@evictionary/conformance"
import { lirs } from "@evictionary/lirs"
import { expect, it } from "vitest"
import {
  goldenReadme,
  goldenSequences,
  goldenTraces,
  hasTraces,
  recordedHits,
  traceOf,
} from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { LirsModel } from "./model.ts"

goldenSequences(lirs)
goldenReadme(lirs, new URL("../README.md", import.meta.url))
goldenTraces(lirs, { history: Infinity })
goldenWorkloads(
  lirs,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new LirsModel(capacity),
)

it.runIf(hasTraces)("a history of two keys per entry costs next to nothing, nearly always", () => {
  const points = recordedHits("lirs").map(({ trace, capacity, requests, hits }) => {
    const bounded = hitsOf(cacheOf(lirs, capacity), traceOf(trace))
    return (100 * Math.abs(bounded - hits)) / requests
  })
  const within = points.filter((difference) => difference <= 0.5)
  expect(within.length / points.length).toBeGreaterThan(0.89)
})
