import { arc } from "@evictionary/arc"
import { goldenReadme, goldenSequences, goldenTraces } from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { ArcModel } from "./model.ts"

goldenSequences(arc)
goldenReadme(arc, new URL("../README.md", import.meta.url))
goldenTraces(arc)
goldenWorkloads(
  arc,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new ArcModel(capacity),
)
