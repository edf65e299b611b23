import type { Strategy } from "@evictionary/core"
import { type FoundStrategy, loadStrategy } from "../strategies.ts"
import { type AsyncWork, asyncRivals } from "./rivals.ts"

/** Ours with a strategy, a rival by name, or nobody: in a form that can be sent to another process. */
export interface AsyncMemoizer {
  name: string
  /** None of a rival. */
  strategy?: FoundStrategy
}

/** What a call costs that is not cached and computes nothing: the least that can be. */
export const RESOLVED: AsyncMemoizer = { name: "Promise.resolve" }

/** Ours that evict, then the rivals that are named. */
export function asyncMemoizers(
  strategies: readonly FoundStrategy[],
  rivalNames: readonly string[],
): AsyncMemoizer[] {
  return [
    ...strategies
      .filter(({ neverEvicts }) => !neverEvicts)
      .map((strategy) => ({ name: `ours, ${strategy.strategyName}`, strategy })),
    ...asyncRivals.filter(({ name }) => rivalNames.includes(name)).map(({ name }) => ({ name })),
  ]
}

export async function memoizeAsyncWith(
  { name, strategy }: AsyncMemoizer,
  work: AsyncWork,
  capacity: number,
): Promise<AsyncWork> {
  if (strategy === undefined) {
    const rival = asyncRivals.find((rival) => rival.name === name)
    return rival ? rival.memoize(work, capacity) : (a) => Promise.resolve(a)
  }
  const { memoizeAsync } = await import("@evictionary/memoize")
  return memoizeAsync(work, ((await loadStrategy(strategy)) as Strategy)({ capacity }))
}
