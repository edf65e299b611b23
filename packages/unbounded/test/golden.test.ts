import { unbounded } from "@evictionary/unbounded"
import { goldenWorkloads } from "../../../scripts/golden-workloads.ts"

goldenWorkloads(unbounded, new URL("workloads.csv", import.meta.url), () => {
  const seen = new Set<number>()
  return { evicted: [], request: (key) => seen.size === seen.add(key).size }
})
