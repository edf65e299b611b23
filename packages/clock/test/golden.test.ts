import { clock } from "@evictionary/clock"
import { goldenReadme, goldenSequences, goldenTraces } from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { ClockModel } from "./model.ts"

goldenSequences(clock)
goldenReadme(clock, new URL("../README.md", import.meta.url))
goldenTraces(clock)
goldenWorkloads(
  clock,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new ClockModel(capacity),
)
