import type { Key } from "./keys.ts"
import type { Store } from "./rivals.ts"

/** A cache that has everything but `has`. */
export function withHas(cache: Pick<Store, "get" | "set"> & { delete(key: Key): void }): Store {
  return {
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    has: (key) => cache.get(key) !== undefined,
    delete: (key) => cache.delete(key),
  }
}

/** What it declares as keys is less than others take; whether it takes them is found out. */
interface Narrow {
  set(key: never, value: number): unknown
  has(key: never): boolean
}

/** A cache of transitory: it tells absence by `null`. */
export function transitoryStore(
  cache: Narrow & { getIfPresent(key: never): number | null; delete(key: never): unknown },
): Store {
  return {
    get: (key) => cache.getIfPresent(key as never) ?? undefined,
    set: (key, value) => cache.set(key as never, value),
    has: (key) => cache.has(key as never),
    delete: (key) => cache.delete(key as never),
  }
}

/** A cache of node-cache. */
export function nodeCacheStore(
  cache: Narrow & { get(key: never): unknown; del(key: never): unknown },
): Store {
  return {
    get: (key) => cache.get(key as never) as number | undefined,
    set: (key, value) => cache.set(key as never, value),
    has: (key) => cache.has(key as never),
    delete: (key) => cache.del(key as never),
  }
}
