import { lfu } from "@evictionary/lfu"
import { goldenReadme, goldenSequences, goldenTraces } from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { LfuModel } from "./model.ts"

goldenSequences(lfu)
goldenReadme(lfu, new URL("../README.md", import.meta.url))
goldenTraces(lfu)
goldenWorkloads(
  lfu,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new LfuModel(capacity),
)
