import {
  type Cache,
  CacheError,
  type CacheOptions,
  invalid,
  type Strategy,
  type StrategyTraits,
  splitOptions,
  type UnboundedStrategy,
} from "@evictionary/core"
import * as v from "valibot"
import type { BuiltIn } from "./built-in.ts"
import { located } from "./located.ts"
import { nearest } from "./nearest.ts"
import type { ReadOptions, WrittenOptions } from "./options.ts"
import { type AnyStrategy, isStrategy, registry } from "./registry.ts"
import { optionsSchema } from "./schema.ts"
import { formatText, parseText } from "./text.ts"

/** The names of the strategies that come with `evictionary`. */
export type StrategyName = keyof BuiltIn

/** What a configuration means that names no strategy: the one for traffic of which nothing is known. */
export const DEFAULT_STRATEGY = "w-tinylfu"

/** Any name or text, of which editors complete the names that are known. */
export type AnyName = StrategyName | (string & {})

/** What every cache can be told: in a file, or with functions in a program. */
export interface ConfigOptions<K, V>
  extends Omit<WrittenOptions, "ttl">,
    Omit<CacheOptions<K, V>, keyof WrittenOptions> {
  /**
   * Time to live: milliseconds, a duration such as `"5m"`, `"1h30m"`, `"250ms"`, or a function of
   * value and key that returns milliseconds. 0 stores nothing.
   */
  readonly ttl?: number | string | ((value: V, key: K) => number) | undefined
}

/** The options that a strategy adds. */
type Own<S> = S extends Strategy<infer O> ? O : S extends UnboundedStrategy<infer O> ? O : never
type OwnName = { [N in StrategyName]: keyof Own<BuiltIn[N]> }[StrategyName]

/** The options of a strategy that comes with `evictionary`, and none of another. */
type BuiltInConfig<K, V> = {
  [N in StrategyName]: { readonly strategy: N } & ConfigOptions<K, V> &
    Own<BuiltIn[N]> & { [O in Exclude<OwnName, keyof Own<BuiltIn[N]>>]?: never }
}[StrategyName]

/** No name, which means the default. */
type DefaultConfig<K, V> = { readonly strategy?: undefined } & Omit<
  Extract<BuiltInConfig<K, V>, { readonly strategy: typeof DEFAULT_STRATEGY }>,
  "strategy"
>

/** Any other name, and what is known of all strategies. */
type OtherConfig<K, V> = { readonly strategy: AnyName } & ConfigOptions<K, V> & {
    [O in OwnName]?: never
  }

/** The strategy of a package, which may add options of which nothing is known here. */
type PackageConfig<K, V> = {
  readonly strategy: `${string}/${string}` | `evictionary-${string}`
  readonly [option: string]: unknown
} & ConfigOptions<K, V>

/** A strategy itself, which may add options of which nothing is known here. */
type StrategyConfig<K, V> = {
  readonly strategy: StrategyTraits
  readonly [option: string]: unknown
} & ConfigOptions<K, V>

/**
 * How to make a cache: a strategy or the name of one, what every cache can be told, and what the
 * strategy adds to that. Without a strategy it is `"w-tinylfu"`.
 */
export type CacheConfig<K = unknown, V = unknown> = DefaultConfig<K, V> | NamedConfig<K, V>

/** One that says which strategy. */
export type NamedConfig<K = unknown, V = unknown> =
  | BuiltInConfig<K, V>
  | OtherConfig<K, V>
  | PackageConfig<K, V>
  | StrategyConfig<K, V>

/** A configuration that has been read and found right: durations are milliseconds. */
export interface Config extends ReadOptions {
  readonly strategy: string
}

/** What a configuration comes down to. */
export interface Settings {
  /** As the configuration says it, or as the strategy itself does. */
  readonly name: string
  readonly strategy: AnyStrategy
  /** Without those that are `undefined`. */
  readonly options: SettingsOptions
}

type SettingsOptions = Omit<ConfigOptions<unknown, unknown>, "ttl" | "idle"> & {
  readonly ttl?: number | ((value: unknown, key: unknown) => number) | undefined
  readonly idle?: number | undefined
}

/** What stands in files and in texts. */
const WRITTEN = ["capacity", "maxWeight", "ttl", "idle", "jitter", "purge"] as const

/** What only a program can say. */
const IN_CODE = ["weigher", "cost", "onRemoval", "onListenerError", "clock", "random"] as const

/**
 * Reads a configuration, a text or an object, and checks it as making the cache would. The result
 * is plain data unless there are functions in it; own options of the strategy are in it too.
 *
 * @throws {CacheError} `INVALID_OPTION`, `UNKNOWN_OPTION` or `INVALID_ARGUMENT`, naming what is wrong.
 *
 * @example
 * ```ts
 * parseConfig("slru, capacity=1_000, ttl=5m, protected=0.5")
 * // { strategy: "slru", capacity: 1000, ttl: 300000, protected: 0.5 }
 * ```
 */
export function parseConfig<K, V>(config: AnyName | CacheConfig<K, V>): Config {
  const { name, options } = checkedConfig(config)
  return { strategy: name, ...options } as Config
}

/**
 * The text of a configuration: {@link parseConfig} reads the same from it.
 *
 * @throws {CacheError} `UNSUPPORTED` if there is something in it that has no text, as functions
 * have none; and what `parseConfig` throws.
 *
 * @example
 * ```ts
 * formatConfig({ strategy: "s3-fifo", capacity: 10_000, ttl: 300_000 })
 * // "s3-fifo, capacity=10000, ttl=5m"
 * ```
 */
export function formatConfig<K, V>(config: AnyName | CacheConfig<K, V>): string {
  const { name, strategy, options } = checkedConfig(config)
  const isNamed = () => registry.names.some((name) => registry.get(name) === strategy)
  if (typeof strategyNameIn(config) !== "string" && !isNamed()) {
    throw new CacheError("UNSUPPORTED", "`strategy` is known by no name to be written in a text")
  }
  return formatText(name, options)
}

/** Reads a configuration, and sees whether a cache can be made from it. */
export function checkedConfig(config: unknown): Settings {
  const settings = readConfig(config)
  makeFrom(settings, config)
  return settings
}

/** Understands a configuration; whether all values are right shows when a cache is made from it. */
export function readConfig(config: unknown): Settings {
  if (typeof config === "string") {
    return located(JSON.stringify(config), () => readConfig(parseText(config)))
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw invalid("INVALID_ARGUMENT", "config", "a text or an object", config)
  }
  const [{ strategy: written }, given] = splitOptions(config as object, ["strategy"])
  const strategy = strategyOf(written)
  const known: string[] = [...strategy.options, ...WRITTEN, ...IN_CODE]
  // What cannot be enumerated is not taken for an option that nobody knows.
  const seen = [...Object.keys(given), ...known]
  const options = Object.fromEntries(
    Object.getOwnPropertyNames(given)
      .filter((name) => seen.includes(name) && given[name] !== undefined)
      .map((name) => [name, given[name]]),
  )
  checkNames(Object.keys(options), strategy)
  const name = typeof written === "string" ? written : strategy.strategyName
  return { name, strategy, options: { ...options, ...readOptions(options) } }
}

/** The strategy of that name, unless it is one already; the default if nothing is written. */
export function strategyOf(written: unknown = DEFAULT_STRATEGY): AnyStrategy {
  return isStrategy(written) ? written : registry.get(written as string)
}

/** The name of the strategy, if there is one; or the strategy itself. */
export function strategyNameIn(config: unknown): unknown {
  const written =
    typeof config === "string" ? located(JSON.stringify(config), () => parseText(config)) : config
  return (written as { strategy?: unknown } | null | undefined)?.strategy
}

/** What to call `use` of a cache with. */
export function readSwap(text: string, own: object = {}): { strategy: AnyStrategy; own: object } {
  return located(JSON.stringify(text), () => {
    const { strategy: name, ...options } = parseText(text)
    return { strategy: registry.get(name as string), own: { ...options, ...own } }
  })
}

/** Makes the cache. `config` is what was read, to be named where something is wrong. */
export function makeFrom(
  { strategy, options }: Settings,
  config: unknown,
): Cache<unknown, unknown> {
  const make = () => (strategy as Strategy)(options as Parameters<Strategy>[0])
  const cache = typeof config === "string" ? located(JSON.stringify(config), make) : make()
  return cache as Cache<unknown, unknown>
}

/** The options that the strategy adds, as far as they are given. */
export function ownOf({ strategy, options }: Settings): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => strategy.options.includes(name)),
  )
}

/** The functions and the like, which only a program can say. */
export function inCodeOf({ options }: Settings): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).filter(
      ([name, value]) => IN_CODE.includes(name as "weigher") || typeof value === "function",
    ),
  )
}

function checkNames(names: readonly string[], strategy: AnyStrategy): void {
  const bounds = strategy.neverEvicts ? ["capacity", "maxWeight"] : []
  const known = [...WRITTEN, ...IN_CODE].filter((name) => !bounds.includes(name))
  const all = [...strategy.options, ...known]
  for (const name of names) {
    if (!all.includes(name)) {
      const message = `\`${name}\` is not an option of ${strategy.strategyName}; the options are ${all.join(", ")}`
      throw new CacheError("UNKNOWN_OPTION", message + nearest(name, all))
    }
  }
}

function readOptions(options: Record<string, unknown>): ReadOptions {
  const written = Object.fromEntries(
    WRITTEN.flatMap((name) =>
      name in options && typeof options[name] !== "function" ? [[name, options[name]]] : [],
    ),
  )
  const result = v.safeParse(optionsSchema(), written)
  if (result.success) return result.output
  const [issue] = result.issues
  const name = String(issue.path?.[0].key)
  throw invalid("INVALID_OPTION", name, issue.message, written[name])
}
