import type { Cache } from "@evictionary/core"

/** The `KeyValueCache` of `@apollo/utils.keyvaluecache`. */
export interface KeyValueCache<V> {
  get(key: string): Promise<V | undefined>
  set(key: string, value: V, options?: { ttl?: number | null | undefined }): Promise<void>
  delete(key: string): Promise<boolean>
}

/**
 * A cache for Apollo Server, its data sources and its gateway. Their `ttl` is in seconds; with
 * `null` a value stays until it is evicted, without one the cache's own holds, and with 0 nothing
 * is stored.
 *
 * @example
 * ```ts
 * const server = new ApolloServer({ typeDefs, cache: keyValueCache(sieve({ capacity: 10_000 })) })
 * ```
 */
export function keyValueCache<V = string>(cache: Cache<string, V>): KeyValueCache<V> {
  return {
    async get(key) {
      return cache.get(key)
    },
    async set(key, value, { ttl } = {}) {
      cache.set(key, value, { ttl: ttl === null ? Infinity : ttl && ttl * 1_000 })
    },
    async delete(key) {
      return cache.delete(key)
    },
  }
}
