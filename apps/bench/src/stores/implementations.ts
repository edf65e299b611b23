import { cacheMaker, type FoundStrategy } from "../strategies.ts"
import { FreshStrings } from "./fresh-strings.ts"
import type { Key, KeyKind } from "./keys.ts"
import { rivals, type Store } from "./rivals.ts"

/** One of ours, or a rival by name, in a form that can be sent to another process. */
export interface Implementation {
  name: string
  bounded: boolean
  deletes: boolean
  /** None of a rival. */
  strategy?: FoundStrategy
}

/** Ours, then the rivals that are named. */
export function implementations(
  strategies: readonly FoundStrategy[],
  rivalNames: readonly string[],
): Implementation[] {
  return [
    ...strategies.map((strategy) => ({
      name: strategy.strategyName,
      bounded: !strategy.neverEvicts,
      deletes: true,
      strategy,
    })),
    ...rivals
      .filter(({ name }) => rivalNames.includes(name))
      .map(({ name, bounded, deletes }) => ({ name, bounded, deletes })),
  ]
}

/** An empty one, for keys of the kind that `makeKeys` makes. */
export async function createStore(
  implementation: Implementation,
  capacity: number,
  keyKind?: KeyKind,
): Promise<Store> {
  const store = await create(implementation, capacity)
  return keyKind === "fresh string" ? new FreshStrings(store) : store
}

async function create({ name, strategy }: Implementation, capacity: number): Promise<Store> {
  if (strategy !== undefined) return (await cacheMaker<Key, number>(strategy))(capacity)
  return rivals.find((rival) => rival.name === name)!.create(capacity)
}
