import { gdsf } from "@evictionary/gdsf"
import { goldenBytes } from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { GdsfModel } from "./model.ts"

goldenBytes(gdsf, new URL("../README.md", import.meta.url))
goldenWorkloads(
  gdsf,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new GdsfModel(capacity),
)
