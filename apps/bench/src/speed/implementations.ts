import { cacheMaker, type FoundStrategy } from "../strategies.ts"
import type { Key } from "./keys.ts"

/** What is measured: any object with the methods of a map. */
export interface Store {
  get(key: Key): number | undefined
  set(key: Key, value: number): unknown
  has(key: Key): boolean
  readonly size: number
}

/** Something to compare with. To add one, add it to {@link rivals}. */
export interface Rival {
  /** As its readers know it. */
  name: string
  /** It takes a capacity and keeps it. Otherwise it is left out where entries have to leave. */
  bounded: boolean
  /** Makes one. Import its package in here, so that only its own process loads it. */
  create(capacity: number): Promise<Store>
}

export const rivals: readonly Rival[] = [
  {
    name: "lru-cache",
    bounded: true,
    async create(capacity) {
      const { LRUCache } = await import("lru-cache")
      return new LRUCache<Key, number>({ max: capacity })
    },
  },
  {
    name: "Map",
    bounded: false,
    create: async () => new Map<Key, number>(),
  },
]

/** One of ours, or a rival by name, in a form that can be sent to another process. */
export type Implementation = { name: string; bounded: boolean; strategy?: FoundStrategy }

/** Ours, then the rivals. */
export function implementations(strategies: readonly FoundStrategy[]): Implementation[] {
  const ours = strategies.map((strategy) => ({
    name: strategy.strategyName,
    bounded: !strategy.neverEvicts,
    strategy,
  }))
  return [...ours, ...rivals.map(({ name, bounded }) => ({ name, bounded }))]
}

export async function createStore(
  { name, strategy }: Implementation,
  capacity: number,
): Promise<Store> {
  if (strategy !== undefined) return (await cacheMaker<Key, number>(strategy))(capacity)
  return rivals.find((rival) => rival.name === name)!.create(capacity)
}
