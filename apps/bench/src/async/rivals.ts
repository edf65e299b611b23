import type { CacheEntry } from "@epic-web/cachified"

/** What is memoized. */
export type AsyncWork = (a: number) => Promise<number>

/** Somebody else's memoizer of functions that return promises. To add one, add it to {@link rivals}. */
export interface AsyncRival {
  name: string
  /** Memoizes for `capacity` calls at most. Import its package in here. */
  memoize(work: AsyncWork, capacity: number): Promise<AsyncWork>
}

export const asyncRivals: readonly AsyncRival[] = [
  {
    name: "p-memoize",
    async memoize(work, capacity) {
      const { default: pMemoize } = await import("p-memoize")
      const { LRUCache } = await import("lru-cache")
      // Unbounded by itself; its bound is that of the cache that it is given.
      const cache = new LRUCache<number, number>({ max: capacity })
      return pMemoize(work, { cache: cache as never }) as AsyncWork
    },
  },
  {
    name: "async-cache-dedupe",
    async memoize(work, capacity) {
      const { createCache } = await import("async-cache-dedupe")
      const storage = { type: "memory", options: { size: capacity } } as const
      const cache = createCache({ ttl: 3_600, storage }).define("work", work)
      return (a) => cache.work(a)
    },
  },
  {
    name: "lru-cache fetch",
    async memoize(work, capacity) {
      const { LRUCache } = await import("lru-cache")
      const cache = new LRUCache<number, number>({ max: capacity, fetchMethod: (a) => work(a) })
      return (a) => cache.fetch(a) as Promise<number>
    },
  },
  {
    name: "cachified",
    async memoize(work, capacity) {
      const { cachified } = await import("@epic-web/cachified")
      const { LRUCache } = await import("lru-cache")
      const cache = new LRUCache<string, CacheEntry>({ max: capacity })
      return (a) => cachified({ key: `${a}`, cache, getFreshValue: () => work(a) })
    },
  },
]
