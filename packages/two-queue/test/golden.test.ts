import { twoQueue } from "@evictionary/two-queue"
import { goldenReadme, goldenSequences, goldenTraces } from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { TwoQueueModel } from "./model.ts"

goldenSequences(twoQueue)
goldenReadme(twoQueue, new URL("../README.md", import.meta.url))
goldenTraces(twoQueue)
goldenWorkloads(
  twoQueue,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new TwoQueueModel(capacity),
)
