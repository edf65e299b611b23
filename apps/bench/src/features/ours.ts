import type { Cache, CacheOptions, Clock, Strategy } from "@evictionary/core"
import type { Key } from "../stores/keys.ts"
import { type FoundStrategy, loadStrategy } from "../strategies.ts"
import { type Featured, type FeatureName, leave, type Terms } from "./features.ts"

type Options = CacheOptions<Key, number> & { maxWeight?: number }

/** One of ours that evicts, with a feature; `perTurn` with a clock that stands still in each turn. */
export async function ourFeatured(
  found: FoundStrategy,
  feature: FeatureName,
  terms: Terms,
  perTurn: boolean,
): Promise<Featured> {
  const strategy = (await loadStrategy(found)) as Strategy
  const { capacity } = terms
  const cache = strategy<Key, number>({
    capacity,
    ...optionsOf(feature, terms),
    ...(perTurn && { clock: clockPerTurn() }),
  })
  if (feature === "observer" || feature === "together") observe(cache, terms)
  return { store: cache, counts: () => cache.stats }
}

/** Whether one of ours with that feature looks at a clock. */
export function tellsTime(feature: FeatureName): boolean {
  return feature === "ttl" || feature === "idle" || feature === "together"
}

/** As the README of core has it. */
function clockPerTurn(): Clock {
  let current: number | undefined
  return {
    now() {
      if (current === undefined) {
        current = performance.now()
        setTimeout(() => {
          current = undefined
        }, 1)
      }
      return current
    },
  }
}

function optionsOf(feature: FeatureName, { capacity, ttl, weigh, witness }: Terms): Options {
  const onRemoval = (_: Key, value: number) => leave(witness, value)
  const all: Record<FeatureName, Options> = {
    ttl: { ttl },
    idle: { idle: ttl },
    weight: { maxWeight: capacity, weigher: weigh },
    listener: { onRemoval },
    observer: {},
    stats: {},
    together: { ttl, idle: ttl, maxWeight: capacity, weigher: weigh, onRemoval },
  }
  return all[feature]
}

function observe(cache: Cache<Key, number>, { witness }: Terms): void {
  cache.subscribe({
    onHit: () => void witness.hits++,
    onMiss: () => void witness.misses++,
  })
}
