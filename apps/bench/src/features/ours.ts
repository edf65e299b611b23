import type { Cache, CacheOptions, Strategy } from "@evictionary/core"
import type { Key } from "../stores/keys.ts"
import { type FoundStrategy, loadStrategy } from "../strategies.ts"
import { type Featured, type FeatureName, leave, type Terms } from "./features.ts"

type Options = CacheOptions<Key, number> & { maxWeight?: number }

/** One of ours that evicts, with a feature. */
export async function ourFeatured(
  found: FoundStrategy,
  feature: FeatureName,
  terms: Terms,
): Promise<Featured> {
  const strategy = (await loadStrategy(found)) as Strategy
  const { capacity } = terms
  const cache = strategy<Key, number>({ capacity, ...optionsOf(feature, terms) })
  if (feature === "observer" || feature === "together") observe(cache, terms)
  return { store: cache, counts: () => cache.stats }
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
