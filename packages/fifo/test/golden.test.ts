import { fifo } from "@evictionary/fifo"
import { goldenReadme, goldenSequences, goldenTraces } from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { FifoModel } from "./model.ts"

goldenSequences(fifo)
goldenReadme(fifo, new URL("../README.md", import.meta.url))
goldenTraces(fifo)
goldenWorkloads(
  fifo,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new FifoModel(capacity),
)
