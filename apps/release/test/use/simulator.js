import { simulate, zipf } from "@evictionary/simulator"
import * as strategies from "./strategies.js"

/** Simulates all strategies on one workload: the hits of each, by name. */
export async function useSimulator() {
  const { unbounded, ...bounded } = strategies
  const traffic = zipf({ keys: 1_000, requests: 10_000 })
  const { results } = await simulate(traffic, {
    strategies: Object.values(bounded),
    capacities: [100],
  })
  return Object.fromEntries(results.map(({ strategy, hits }) => [strategy, hits]))
}
