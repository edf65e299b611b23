import { nodeCacheStore, transitoryStore, withHas } from "./adapters.ts"
import { Floor } from "./floor.ts"
import type { Key } from "./keys.ts"

/** What is measured: any object with these methods of a map. */
export interface Store {
  get(key: Key): number | undefined
  set(key: Key, value: number): unknown
  has(key: Key): boolean
  delete?(key: Key): unknown
}

/** Something to compare with. To add one, add it to {@link rivals}. */
export interface Rival {
  /** As its readers know it. */
  name: string
  /** It takes a capacity. Otherwise it is left out where entries have to leave. */
  bounded: boolean
  /** It has `delete`. Otherwise it is left out where entries are deleted. */
  deletes: boolean
  /** It is no rival, but one of ours, or a measure: it takes part if it is named. */
  onlyIfNamed?: true
  /** Makes one. Import its package in here, so that only its own process loads it. */
  create(capacity: number): Promise<Store>
}

export const rivals: readonly Rival[] = [
  {
    name: "lru-cache",
    bounded: true,
    deletes: true,
    async create(capacity) {
      const { LRUCache } = await import("lru-cache")
      return new LRUCache<Key, number>({ max: capacity })
    },
  },
  {
    name: "@evictionary/lru-cache",
    bounded: true,
    deletes: true,
    onlyIfNamed: true,
    async create(capacity) {
      const { LRUCache } = await import("@evictionary/lru-cache")
      return new LRUCache<Key, number>({ max: capacity })
    },
  },
  {
    name: "quick-lru",
    bounded: true,
    deletes: true,
    async create(capacity) {
      const { default: QuickLRU } = await import("quick-lru")
      return new QuickLRU<Key, number>({ maxSize: capacity })
    },
  },
  {
    name: "tiny-lru",
    bounded: true,
    deletes: true,
    async create(capacity) {
      const { lru } = await import("tiny-lru")
      return lru<number>(capacity)
    },
  },
  {
    name: "lru.min",
    bounded: true,
    deletes: true,
    async create(capacity) {
      const { createLRU } = await import("lru.min")
      return createLRU<Key, number>({ max: capacity })
    },
  },
  {
    name: "mnemonist",
    bounded: true,
    deletes: false,
    async create(capacity) {
      const { LRUMap } = await import("mnemonist")
      return new LRUMap<Key, number>(capacity)
    },
  },
  {
    name: "flru",
    bounded: true,
    deletes: false,
    async create(capacity) {
      // What it declares is its file for bundlers; Node gets a module that is the function.
      const { default: flru } = (await import("flru")) as unknown as {
        default: (max: number) => Store
      }
      return flru(capacity)
    },
  },
  {
    name: "hashlru",
    bounded: true,
    deletes: true,
    async create(capacity) {
      const { default: hashlru } = (await import("hashlru")) as unknown as {
        default: (max: number) => Store & { remove(key: Key): void }
      }
      const cache = hashlru(capacity)
      cache.delete = cache.remove
      return cache
    },
  },
  {
    name: "@neophi/sieve-cache",
    bounded: true,
    deletes: true,
    async create(capacity) {
      const { SieveCache } = await import("@neophi/sieve-cache")
      return new SieveCache<Key, number>(capacity)
    },
  },
  {
    name: "@thi.ng/cache",
    bounded: true,
    deletes: true,
    async create(capacity) {
      const { LRUCache } = await import("@thi.ng/cache")
      return new LRUCache<Key, number>(null, { maxlen: capacity })
    },
  },
  {
    name: "transitory",
    bounded: true,
    deletes: true,
    async create(capacity) {
      const { newCache } = await import("transitory")
      return transitoryStore(newCache<never, number>().maxSize(capacity).build())
    },
  },
  {
    name: "@isaacs/ttlcache",
    bounded: true,
    deletes: true,
    async create(capacity) {
      const { TTLCache } = await import("@isaacs/ttlcache")
      // Without a time to live, it does not return from evicting.
      return new TTLCache<Key, number>({ max: capacity, ttl: 3_600_000 })
    },
  },
  {
    name: "toad-cache",
    bounded: true,
    deletes: true,
    async create(capacity) {
      const { LruMap } = await import("toad-cache")
      return withHas(new LruMap<number>(capacity))
    },
  },
  {
    // Its `maxKeys` makes it throw when it is full.
    name: "node-cache",
    bounded: false,
    deletes: true,
    async create() {
      const { default: NodeCache } = await import("node-cache")
      return nodeCacheStore(new NodeCache({ useClones: false, checkperiod: 0 }))
    },
  },
  {
    name: "Map",
    bounded: false,
    deletes: true,
    create: async () => new Map<Key, number>(),
  },
  {
    name: "floor",
    bounded: true,
    deletes: false,
    onlyIfNamed: true,
    create: async (capacity) => new Floor(capacity),
  },
  {
    name: "floor with ghosts",
    bounded: true,
    deletes: false,
    onlyIfNamed: true,
    create: async (capacity) => new Floor(capacity, capacity),
  },
]

/** Those that are measured if none is named. */
export const usualRivals = rivals.filter(({ onlyIfNamed = false }) => !onlyIfNamed)
