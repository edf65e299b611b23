import { channel } from "node:diagnostics_channel"
import type { LRUCache } from "lru-cache"
import type { newCache } from "transitory"
import { nodeCacheStore, transitoryStore, withHas } from "../stores/adapters.ts"
import type { Key } from "../stores/keys.ts"
import type { Store } from "../stores/rivals.ts"
import { type Featured, type FeatureName, leave, type Terms, type Witness } from "./features.ts"

type Make = (terms: Terms) => Promise<Featured>

/** What rivals have beside a capacity, by their names. Import packages in functions, as in `rivals`. */
export const rivalFeatures: Readonly<Record<string, Partial<Record<FeatureName, Make>>>> = {
  "@evictionary/lru-cache": lruCacheFeatures(async () => {
    const { LRUCache } = await import("@evictionary/lru-cache")
    return (options) => new LRUCache<Key, number>(options as { max: number })
  }),
  "lru-cache": {
    ...lruCacheFeatures(newLruCache),
    async observer(terms) {
      observe(terms.witness)
      return { store: (await newLruCache())({ max: terms.capacity }) }
    },
    async together(terms) {
      observe(terms.witness)
      const { ttl } = terms
      const options = { ttl, updateAgeOnGet: true, ...weighed(terms), ...disposing(terms) }
      return { store: (await newLruCache())({ max: terms.capacity, ...options }) }
    },
  },
  "quick-lru": {
    async ttl({ capacity, ttl }) {
      const { default: QuickLRU } = await import("quick-lru")
      return { store: new QuickLRU<Key, number>({ maxSize: capacity, maxAge: ttl }) }
    },
    async listener({ capacity, witness }) {
      const { default: QuickLRU } = await import("quick-lru")
      const onEviction = (_: Key, value: number) => leave(witness, value)
      return { store: new QuickLRU<Key, number>({ maxSize: capacity, onEviction }) }
    },
  },
  "tiny-lru": {
    // Overwriting begins a new life elsewhere, and here if the last argument says so.
    ttl: async ({ capacity, ttl }) => ({ store: await tinyLru(capacity, ttl) }),
    async listener({ capacity, witness }) {
      const cache = await tinyLru(capacity)
      return { store: cache.onEvict(({ value }) => leave(witness, value)) }
    },
    async stats({ capacity }) {
      const cache = await tinyLru(capacity)
      return { store: cache, counts: () => cache.stats() }
    },
  },
  "lru.min": {
    async listener({ capacity, witness }) {
      const { createLRU } = await import("lru.min")
      const onEviction = (_: Key, value: number) => leave(witness, value)
      return { store: createLRU<Key, number>({ max: capacity, onEviction }) }
    },
  },
  "@isaacs/ttlcache": {
    ttl: ({ capacity, ttl }) => ttlCache({ max: capacity, ttl }),
    idle: ({ capacity, ttl }) => ttlCache({ max: capacity, ttl, updateAgeOnGet: true }),
    // Without an end, it does not return from evicting.
    listener: (terms) => ttlCache({ max: terms.capacity, ttl: terms.ttl, ...disposing(terms) }),
  },
  "node-cache": {
    ttl: async ({ ttl }) => nodeCache({ stdTTL: ttl / 1_000 }),
    stats: async () => nodeCache({}),
  },
  "toad-cache": {
    async ttl({ capacity, ttl }) {
      const { LruMap } = await import("toad-cache")
      return { store: withHas(new LruMap<number>(capacity, ttl)) }
    },
    async stats({ capacity }) {
      const { HitStatisticsRecord, LruObjectHitStatistics } = await import("toad-cache")
      const record = new HitStatisticsRecord()
      const cache = new LruObjectHitStatistics<number>(capacity, 0, "timed", record)
      const counts = () => {
        const { timed } = record.getStatistics()
        return Object.values(timed!)[0]!
      }
      return { store: withHas(cache), counts }
    },
  },
  transitory: {
    ttl: ({ capacity, ttl }) =>
      transitory((builder) => builder.maxSize(capacity).expireAfterWrite(ttl)),
    idle: ({ capacity, ttl }) =>
      transitory((builder) => builder.maxSize(capacity).expireAfterRead(ttl)),
    weight: ({ capacity, weigh }) =>
      transitory((builder) => builder.maxSize(capacity).withWeigher((_, value) => weigh(value))),
    listener: ({ capacity, witness }) =>
      transitory((builder) =>
        builder.maxSize(capacity).withRemovalListener((_, value) => leave(witness, value)),
      ),
    stats: ({ capacity }) => transitory((builder) => builder.maxSize(capacity).metrics()),
    together: ({ capacity, ttl, weigh, witness }) =>
      transitory((builder) =>
        builder
          .maxSize(capacity)
          .expireAfterWrite(ttl)
          .expireAfterRead(ttl)
          .withWeigher((_, value) => weigh(value))
          .withRemovalListener((_, value) => leave(witness, value))
          .metrics(),
      ),
  },
}

type NewLruCache = (options: LRUCache.Options<Key, number, unknown>) => Store

async function newLruCache(): Promise<NewLruCache> {
  const { LRUCache } = await import("lru-cache")
  return (options) => new LRUCache(options)
}

/** What lru-cache has, and whoever has its options. */
function lruCacheFeatures(load: () => Promise<NewLruCache>) {
  type Options = Omit<LRUCache.Options<Key, number, unknown>, "max">
  const made = (optionsOf: (terms: Terms) => Options): Make => {
    return async (terms) => ({
      store: (await load())({ max: terms.capacity, ...optionsOf(terms) }),
    })
  }
  return {
    ttl: made(({ ttl }) => ({ ttl })),
    idle: made(({ ttl }) => ({ ttl, updateAgeOnGet: true })),
    weight: made((terms) => weighed(terms)),
    listener: made((terms) => disposing(terms)),
  }
}

const weighed = ({ capacity, weigh }: Terms) => ({ maxSize: capacity, sizeCalculation: weigh })
const disposing = ({ witness }: Terms) => ({ dispose: (value: number) => leave(witness, value) })

/** Its only way to tell of lookups is a channel that all of its caches publish to. */
function observe(witness: Witness): void {
  channel("lru-cache:metrics").subscribe((message) => {
    const { op, get } = message as { op: string; get?: string }
    if (op !== "get") return
    if (get === "hit") witness.hits++
    else witness.misses++
  })
}

async function tinyLru(capacity: number, ttl = 0) {
  const { lru } = await import("tiny-lru")
  return lru<number>(capacity, ttl, true)
}

async function ttlCache(options: object): Promise<Featured> {
  const { TTLCache } = await import("@isaacs/ttlcache")
  return { store: new TTLCache<Key, number>(options) }
}

async function nodeCache(options: object): Promise<Featured> {
  const { default: NodeCache } = await import("node-cache")
  const cache = new NodeCache({ useClones: false, checkperiod: 0, ...options })
  return { store: nodeCacheStore(cache), counts: () => cache.getStats() }
}

type Builder = ReturnType<typeof newCache<never, number>>

async function transitory(build: (builder: Builder) => Builder): Promise<Featured> {
  const { newCache } = await import("transitory")
  const cache = build(newCache<never, number>()).build()
  return { store: transitoryStore(cache), counts: () => cache.metrics }
}
