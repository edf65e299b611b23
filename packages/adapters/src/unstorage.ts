import type { Cache } from "@evictionary/core"

/** What unstorage asks of a driver. */
export interface UnstorageDriver<V> {
  readonly name: string
  readonly flags: { readonly ttl: true }
  /** The cache. */
  getInstance(): Cache<string, V>
  hasItem(key: string): boolean
  getItem(key: string): V | null
  getItemRaw(key: string): V | null
  setItem(key: string, value: V, options?: { ttl?: number | undefined }): void
  setItemRaw(key: string, value: V, options?: { ttl?: number | undefined }): void
  removeItem(key: string): void
  /** The keys that begin with `base`. O(n). */
  getKeys(base?: string): string[]
  /** Removes the entries whose keys begin with `base`. O(n). */
  clear(base?: string): void
}

/**
 * A driver for unstorage, and so for Nitro and Nuxt, that keeps everything in `cache`. A `ttl` is
 * in seconds, as theirs is; without one that of the cache holds. When the storage is disposed of,
 * the cache stays as it is.
 *
 * @example
 * ```ts
 * const storage = createStorage({ driver: unstorageDriver(lru({ capacity: 1_000 })) })
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: what unstorage gives and takes.
export function unstorageDriver(cache: Cache<string, any>): UnstorageDriver<any> {
  function get(key: string): unknown {
    return cache.get(key) ?? null
  }
  function set(key: string, value: unknown, { ttl }: { ttl?: number | undefined } = {}): void {
    cache.set(key, value, { ttl: ttl && ttl * 1_000 })
  }
  const keysIn = (base = "") => [...cache.keys()].filter((key) => key.startsWith(base))
  return {
    name: "evictionary",
    flags: { ttl: true },
    getInstance: () => cache,
    hasItem: (key) => cache.has(key),
    getItem: get,
    getItemRaw: get,
    setItem: set,
    setItemRaw: set,
    removeItem: (key) => void cache.delete(key),
    getKeys: keysIn,
    clear(base) {
      for (const key of keysIn(base)) cache.delete(key)
    },
  }
}
