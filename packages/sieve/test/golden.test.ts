import { sieve } from "@evictionary/sieve"
import { goldenReadme, goldenSequences, goldenTraces } from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { SieveModel } from "./model.ts"

goldenSequences(sieve)
goldenReadme(sieve, new URL("../README.md", import.meta.url))
goldenTraces(sieve)
goldenWorkloads(
  sieve,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new SieveModel(capacity),
)
