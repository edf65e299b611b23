import { cacheMaker, type FoundStrategy } from "../strategies.ts"
import { rivals, type Work } from "./rivals.ts"

/** Ours with a strategy, or a rival by name, in a form that can be sent to another process. */
export interface Memoizer {
  name: string
  /** None of a rival. */
  strategy?: FoundStrategy
}

/** Ours, then the rivals that are named. */
export function memoizers(
  strategies: readonly FoundStrategy[],
  rivalNames: readonly string[],
): Memoizer[] {
  return [
    ...strategies.map((strategy) => ({ name: `ours, ${strategy.strategyName}`, strategy })),
    ...rivals.filter(({ name }) => rivalNames.includes(name)).map(({ name }) => ({ name })),
  ]
}

export async function memoizeWith(
  { name, strategy }: Memoizer,
  work: Work,
  capacity: number,
): Promise<Work> {
  if (strategy === undefined) {
    return rivals.find((rival) => rival.name === name)!.memoize(work, capacity)
  }
  const { memoize } = await import("@evictionary/memoize")
  return memoize(work, (await cacheMaker<never, number>(strategy))(capacity))
}
