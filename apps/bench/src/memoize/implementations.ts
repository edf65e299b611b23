import { cacheMaker, type FoundStrategy } from "../strategies.ts"

/** What is memoized: one or two integers make another. */
export type Work = (a: number, b?: number) => number

/** Somebody else's memoizer. To add one, add it to {@link rivals}. */
export interface Rival {
  name: string
  /** How many arguments it can tell calls apart by, as it comes. */
  most: 1 | 2
  /** Memoizes for `capacity` calls at most, if it can. Import its package in here. */
  memoize(work: Work, capacity: number): Promise<Work>
}

export const rivals: readonly Rival[] = [
  {
    name: "memoize",
    most: 1,
    async memoize(work) {
      const { default: memoize } = await import("memoize")
      return memoize(work)
    },
  },
  {
    name: "micro-memoize",
    most: 2,
    async memoize(work, capacity) {
      const { memoize } = await import("micro-memoize")
      return memoize(work, { maxSize: capacity })
    },
  },
]

/** Ours with a strategy, or a rival by name, in a form that can be sent to another process. */
export type Memoizer = { name: string; most: 1 | 2; strategy?: FoundStrategy }

/** Ours, then the rivals. */
export function memoizers(strategies: readonly FoundStrategy[]): Memoizer[] {
  const ours = strategies.map((strategy) => ({
    name: `ours, ${strategy.strategyName}`,
    most: 2 as const,
    strategy,
  }))
  return [...ours, ...rivals.map(({ name, most }) => ({ name, most }))]
}

export async function memoizeWith(
  { name, strategy }: Memoizer,
  work: Work,
  capacity: number,
): Promise<Work> {
  if (strategy === undefined)
    return rivals.find((rival) => rival.name === name)!.memoize(work, capacity)
  const { memoize } = await import("@evictionary/memoize")
  return memoize(work, (await cacheMaker<never, number>(strategy))(capacity))
}
