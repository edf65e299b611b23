import { type Featured, type FeatureName, type Terms, usualTerms } from "../features/features.ts"
import { ourFeatured, tellsTime } from "../features/ours.ts"
import { rivalFeatures } from "../features/rivals.ts"
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
  /** What it is made with, beside a capacity. */
  feature?: FeatureName
  /** Its clock is read once in each turn of the event loop. */
  perTurn?: boolean
}

/** What the names of such end with. */
export const PER_TURN = " (per turn)"

/**
 * Ours that evict, where time is told with both clocks; then the rivals that are named, if they have
 * the feature.
 */
export function featuredImplementations(
  feature: FeatureName,
  strategies: readonly FoundStrategy[],
  rivalNames: readonly string[],
): Implementation[] {
  return implementations(strategies, rivalNames)
    .filter(({ name, strategy, bounded }) =>
      strategy === undefined ? rivalFeatures[name]?.[feature] !== undefined : bounded,
    )
    .flatMap((each): Implementation[] => [
      { ...each, feature },
      ...(each.strategy !== undefined && tellsTime(feature)
        ? [{ ...each, name: each.name + PER_TURN, feature, perTurn: true }]
        : []),
    ])
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

async function create(implementation: Implementation, capacity: number): Promise<Store> {
  const { name, strategy, feature } = implementation
  if (feature !== undefined) {
    return (await createFeatured(implementation, feature, usualTerms(capacity))).store
  }
  if (strategy !== undefined) return (await cacheMaker<Key, number>(strategy))(capacity)
  return rivals.find((rival) => rival.name === name)!.create(capacity)
}

/** One with a feature. */
export function createFeatured(
  { name, strategy, perTurn = false }: Implementation,
  feature: FeatureName,
  terms: Terms,
): Promise<Featured> {
  if (strategy !== undefined) return ourFeatured(strategy, feature, terms, perTurn)
  return rivalFeatures[name]![feature]!(terms)
}
