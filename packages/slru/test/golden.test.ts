import { slru } from "@evictionary/slru"
import { goldenReadme, goldenSequences, goldenTraces } from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { SlruModel } from "./model.ts"

goldenSequences(slru)
goldenReadme(slru, new URL("../README.md", import.meta.url))
goldenTraces(slru)
goldenWorkloads(
  slru,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new SlruModel(capacity, 0.8),
)
