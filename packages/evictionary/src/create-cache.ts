import { type AnyName, type CacheConfig, makeFrom, readConfig } from "./config.ts"
import { loadStrategy } from "./load.ts"
import { type NamedCache, named } from "./named-cache.ts"
import type { ImportOptions } from "./registry.ts"
import { settled } from "./settled.ts"

/**
 * Makes a cache from a configuration: an object, or one line of text. If it names no strategy, it is
 * `w-tinylfu`, which finds out what the traffic is.
 *
 * @throws {CacheError} `INVALID_OPTION` or `UNKNOWN_OPTION`, naming what is wrong, what it must be
 * and what it is; `INVALID_ARGUMENT` if `config` is neither text nor object.
 *
 * @example
 * ```ts
 * createCache<string, User>({ strategy: "s3-fifo", capacity: 10_000, ttl: "5m" })
 * createCache<string, User>("s3-fifo, capacity=10000, ttl=5m")
 * createCache<string, User>("capacity=10000, ttl=5m")
 * ```
 */
export function createCache<K, V>(config: AnyName | CacheConfig<K, V>): NamedCache<K, V> {
  return named(makeFrom(readConfig(config), config)) as NamedCache<K, V>
}

/**
 * As {@link createCache}; the strategy may also be the name of a package that exports it, which is
 * imported.
 *
 * @throws {CacheError} As `createCache`, and `INVALID_OPTION` if the package cannot be imported, or
 * if it is not clear which strategy of the package is meant.
 *
 * @example
 * ```ts
 * await createCacheAsync("@acme/cache-mystrategy, capacity=500")
 * ```
 */
export async function createCacheAsync<K, V>(
  config: AnyName | CacheConfig<K, V>,
  options: ImportOptions = {},
): Promise<NamedCache<K, V>> {
  const now = settled(config)
  await loadStrategy(now, options)
  return createCache(now)
}
