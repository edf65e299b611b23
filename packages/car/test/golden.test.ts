import { car } from "@evictionary/car"
import { goldenReadme } from "../../../scripts/golden.ts"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"
import { CarModel } from "./model.ts"

goldenReadme(car, new URL("../README.md", import.meta.url))
goldenWorkloads(
  car,
  new URL("workloads.csv", import.meta.url),
  (capacity) => new CarModel(capacity),
)
