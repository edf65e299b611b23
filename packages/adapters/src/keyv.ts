import type { Cache } from "@evictionary/core"

/** What Keyv asks of a store. What it can do by these for several keys, it does. */
export interface KeyvStore {
  /** The namespace that `clear` is for; Keyv 5 sets it, and has put it before the keys already. */
  namespace?: string | undefined
  readonly opts: { readonly dialect: string }
  get(key: string): Promise<unknown>
  has(key: string): Promise<boolean>
  /** `ttl` in milliseconds, in place of the cache's own. Resolves to whether the value is there. */
  set(key: string, value: unknown, ttl?: number): Promise<boolean>
  delete(key: string): Promise<boolean>
  /** Removes what is in the namespace, O(n); without one, everything. */
  clear(): Promise<void>
  iterator(namespace?: string): AsyncGenerator<[string, unknown], void>
}

/**
 * A store for Keyv 5 and 6 that keeps everything in `cache`, which may be that of several stores,
 * each for a Keyv with a namespace of its own. What the cache throws, Keyv tells to its listeners
 * of `error`.
 *
 * Time to live: the cache forgets an entry when Keyv does, so that it makes room; without one from
 * Keyv, that of the cache holds. Below 0 there is no time left, and nothing is stored.
 *
 * @example
 * ```ts
 * const users = new Keyv({ store: keyvStore(lru({ capacity: 1_000 })), namespace: "users" })
 * ```
 */
export function keyvStore(cache: Cache<string, unknown>): KeyvStore {
  return {
    // Keyv 5 iterates stores of the dialects that it knows, and no others.
    opts: { dialect: "redis" },
    async get(key) {
      return cache.get(key)
    },
    async has(key) {
      return cache.has(key)
    },
    async set(key, value, ttl) {
      cache.set(key, value, { ttl: ttl && Math.max(ttl, 0) })
      return cache.has(key)
    },
    async delete(key) {
      return cache.delete(key)
    },
    async clear() {
      if (!this.namespace) return cache.clear()
      for (const key of cache.keys()) if (key.startsWith(`${this.namespace}:`)) cache.delete(key)
    },
    async *iterator(namespace) {
      for (const [key, value] of cache) {
        if (!namespace || key.startsWith(`${namespace}:`)) yield [key, value]
      }
    },
  }
}
