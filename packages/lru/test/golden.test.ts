import { lru } from "@evictionary/lru"
import { goldenReadme, goldenSequences, goldenTraces } from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { LruModel } from "./model.ts"

goldenSequences(lru)
goldenReadme(lru, new URL("../README.md", import.meta.url))
goldenTraces(lru)
goldenWorkloads(
  lru,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new LruModel(capacity),
)
