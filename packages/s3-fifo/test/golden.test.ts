import { s3Fifo } from "@evictionary/s3-fifo"
import { goldenReadme, goldenSequences, goldenTraces } from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { S3FifoModel } from "./model.ts"

goldenSequences(s3Fifo)
goldenReadme(s3Fifo, new URL("../README.md", import.meta.url))
goldenTraces(s3Fifo)
goldenWorkloads(
  s3Fifo,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new S3FifoModel(capacity),
)
