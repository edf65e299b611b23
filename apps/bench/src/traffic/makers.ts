import type { Strategy } from "@evictionary/core"
import type { CacheMaker } from "@evictionary/simulator"
import { type FoundStrategy, loadStrategy } from "../strategies.ts"

/** What makes the caches to replay traffic with, by name; what never evicts is not among them. */
export async function makersOf(
  strategies: readonly FoundStrategy[],
): Promise<Record<string, CacheMaker>> {
  const makers: Record<string, CacheMaker> = {}
  for (const found of strategies) {
    if (found.neverEvicts) continue
    makers[found.strategyName] = (await loadStrategy(found)) as Strategy
  }
  return makers
}
