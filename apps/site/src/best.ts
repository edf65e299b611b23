import { type Key, simulate } from "@evictionary/simulator"

/** The most hits that any cache with so much room can have, by Bélády's MIN. */
export async function mostHits(keys: readonly Key[], capacity: number): Promise<number> {
  const { results } = await simulate(keys, { strategies: [], capacities: [capacity] })
  return results.find(({ strategy }) => strategy === "min")?.hits ?? 0
}
