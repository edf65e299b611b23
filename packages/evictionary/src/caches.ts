import { checkFunction, invalid } from "@evictionary/core"
import { type AnyName, type CacheConfig, checkedConfig, type Settings } from "./config.ts"
import { type CachesOptions, Overrides, unknownCache } from "./environment.ts"
import { loadStrategy } from "./load.ts"
import { located, locatedAsync } from "./located.ts"
import { ManagedCache } from "./managed-cache.ts"
import type { NamedCache } from "./named-cache.ts"
import { overridden } from "./override.ts"
import type { ImportOptions } from "./registry.ts"
import { settled } from "./settled.ts"

/** `[key, value]`, the types of a cache's entries. */
type KeyOf<E> = E extends readonly [infer K, unknown] ? K : unknown
type ValueOf<E> = E extends readonly [unknown, infer V] ? V : unknown

/**
 * The configurations of caches by name, as texts or objects, as they may stand in a file; or
 * `undefined` where the environment has to say it all.
 */
export type CachesConfig<T> = {
  readonly [N in keyof T]: AnyName | CacheConfig<KeyOf<T[N]>, ValueOf<T[N]>> | undefined
}

/** New configurations for some of the caches. */
type Changes<T> = { readonly [N in keyof T]?: AnyName | CacheConfig<KeyOf<T[N]>, ValueOf<T[N]>> }

/** The cache of a name: one of ours, unless `E` says otherwise than as the types of its entries. */
type CacheOf<E> = unknown extends E
  ? NamedCache<unknown, unknown>
  : E extends readonly unknown[]
    ? NamedCache<KeyOf<E>, ValueOf<E>>
    : E

type ByName<T> = {
  readonly [N in keyof T as Exclude<N, "$schema">]: CacheOf<T[N]>
}

/** What is made of a cache; given what it wants as its own first tier, if it says so. */
type Over<E> = (cache: E extends { readonly cache: infer C } ? C : CacheOf<E>) => CacheOf<E>

/** What {@link caches} can be told of the caches that it makes. */
export interface OverOptions<T> {
  /**
   * By name, what is made of the cache that the configuration describes, and given in its place: so
   * `tiered` of `@evictionary/tiered` puts it in front of a server, which no text can describe. The
   * configuration goes on being that of the cache itself.
   *
   * @example
   * ```ts
   * caches<{ users: TieredCache<string, User> }>(
   *   { users: "s3-fifo, capacity=10_000" },
   *   { over: { users: (l1) => tiered({ l1, l2: ioredis(redis), namespace: "users", ttl: 60_000 }) } },
   * )
   * ```
   */
  readonly over?: { readonly [N in keyof T]?: Over<T[N]> } | undefined
}

/** Caches by name. */
export type Caches<T> = ByName<T> & {
  /**
   * Applies what has changed in the configuration to the caches as they are: strategy, bounds, and
   * time to live (of what is stored from now on). Entries stay, unless a bound makes them leave. A
   * cache that is not named stays as it is; the environment still overrides.
   *
   * @throws {CacheError} As `caches`; `UNSUPPORTED` if something has changed that a cache keeps for
   * life; what the policy of a new strategy throws. Then nothing has changed in any cache.
   */
  reconfigure(config: Changes<T>): void
}

/** {@link Caches} whose strategies may come from packages. */
export type AsyncCaches<T> = ByName<T> & {
  /**
   * As that of {@link Caches}, once the packages that the configuration names have been imported.
   *
   * @throws {CacheError} As that, and as `createCacheAsync`. Then nothing has changed in any cache.
   */
  reconfigure(config: Changes<T>): Promise<void>
}

/** Not the name of a cache, but of what a file with the configuration keeps to. */
const SCHEMA = "$schema"

/**
 * Makes caches from one configuration.
 *
 * With `env`, the variable `EVICTIONARY_USERS` overrides what the configuration says of `users`:
 * what is in its text wins, what is not stays. `"sieve"` changes the strategy, `"capacity=500"` the
 * capacity.
 *
 * @throws {CacheError} As `createCache`; with `env`, `UNKNOWN_OPTION` if there is a variable for a
 * cache that does not exist, and `INVALID_OPTION` if two caches have the same variable.
 *
 * @example
 * ```ts
 * const all = caches<{ users: [number, User]; pages: [string, string] }>({
 *   users: { strategy: "s3-fifo", capacity: 10_000, ttl: "5m" },
 *   pages: "sieve, capacity=500",
 * })
 * all.users.get(1)
 * all.reconfigure({ pages: "lru, capacity=200" })
 * ```
 */
export function caches<T extends object>(
  config: CachesConfig<T>,
  options: CachesOptions & OverOptions<T> = {},
): Caches<T> {
  const { env, variables, over } = options
  const now = settledIn(config)
  const { byName, reconfigure } = made(now, overridesOf(now, { env, variables }), over)
  const value = (config: object): void => reconfigure(settledIn(config))
  return Object.defineProperty(byName, "reconfigure", { value }) as Caches<T>
}

/**
 * As {@link caches}; strategies may also be the names of packages that export them, which are
 * imported, here and when the caches are reconfigured.
 *
 * @throws {CacheError} As `caches` and `createCacheAsync`.
 *
 * @example
 * ```ts
 * const all = await cachesAsync({ users: "@acme/cache-mystrategy, capacity=500" })
 * await all.reconfigure({ users: "@acme/other, capacity=500" })
 * ```
 */
export async function cachesAsync<T extends object>(
  config: CachesConfig<T>,
  options: CachesOptions & ImportOptions & OverOptions<T> = {},
): Promise<AsyncCaches<T>> {
  const read = settled(options)
  const now = settledIn(config)
  const overrides = overridesOf(now, read)
  await load(now, overrides, read)
  const { byName, reconfigure } = made(now, overrides, read.over)
  const value = async (config: object): Promise<void> => {
    const changed = settledIn(config)
    await load(changed, overrides, read)
    reconfigure(changed)
  }
  return Object.defineProperty(byName, "reconfigure", { value }) as AsyncCaches<T>
}

/** The configurations by name, as they are now. */
function settledIn(config: object): Record<string, unknown> {
  const written = config as Record<string, unknown>
  return Object.fromEntries(namesIn(config).map((name) => [name, settled(written[name])]))
}

/** What the environment says of the caches that `config` names. */
function overridesOf(config: object, options: CachesOptions): Overrides {
  return new Overrides(namesIn(config), options)
}

/** The caches, and what changes them. */
function made(
  config: object,
  overrides: Overrides,
  over: object = {},
): { byName: object; reconfigure(config: object): void } {
  const managed = new Map<string, ManagedCache>()
  const makers = new Map(Object.entries(over as Record<string, (cache: object) => object>))
  for (const [name, make] of makers) {
    if (!namesIn(config).includes(name)) throw unknownCache(name, namesIn(config))
    if (make !== undefined) checkFunction("INVALID_OPTION", `over.${name}`, make)
  }
  for (const [name, settings] of readAll(config, overrides)) {
    managed.set(name, new ManagedCache(settings))
  }
  const reconfigure = (config: object): void => {
    const names = [...managed.keys()]
    for (const name of namesIn(config)) if (!managed.has(name)) throw unknownCache(name, names)
    const all = [...readAll(config, overrides)]
    for (const [name, settings] of all) located(name, () => managed.get(name)!.check(settings))
    swapAll(
      all.map(
        ([name, settings]) =>
          () =>
            managed.get(name)!.swap(settings),
      ),
    )
    for (const [name, settings] of all) managed.get(name)!.apply(settings)
  }
  const byName = Object.fromEntries(
    [...managed].map(([name, { cache }]) => [name, makers.get(name)?.(cache) ?? cache]),
  )
  return { byName, reconfigure }
}

/** Makes all swaps, or none: if a policy throws, those that are made already are taken back. */
function swapAll(swaps: readonly (() => () => void)[]): void {
  const undo: (() => void)[] = []
  try {
    for (const swap of swaps) undo.push(swap())
  } catch (error) {
    for (const back of undo.reverse()) back()
    throw error
  }
}

/** Imports the packages that the configuration and the environment name. */
async function load(config: object, overrides: Overrides, options: ImportOptions): Promise<void> {
  for (const name of namesIn(config)) {
    const written = (config as Record<string, unknown>)[name]
    for (const each of [written, overrides.of(name)?.text]) {
      await locatedAsync(name, () => loadStrategy(each, options))
    }
  }
}

/** The settings of each cache that `config` names, checked. */
function readAll(config: object, overrides: Overrides): Map<string, Settings> {
  overrides.check()
  const settings = new Map<string, Settings>()
  for (const name of namesIn(config)) {
    const written = (config as Record<string, unknown>)[name]
    const { variable, text } = overrides.of(name) ?? {}
    const place = text === undefined ? name : `${name} with ${variable}=${JSON.stringify(text)}`
    settings.set(
      name,
      located(place, () => checkedConfig(overridden(written, text))),
    )
  }
  return settings
}

function namesIn(config: unknown): string[] {
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw invalid(
      "INVALID_ARGUMENT",
      "config",
      "an object with a configuration for each name",
      config,
    )
  }
  const names = Object.keys(config).filter((name) => name !== SCHEMA)
  if (names.includes("reconfigure")) {
    throw invalid("INVALID_OPTION", "name", "another than reconfigure", "reconfigure")
  }
  return names
}
