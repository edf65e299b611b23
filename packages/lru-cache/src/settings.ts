import { CacheError, checkFunction, invalid } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import type * as types from "./options.ts"
import type { OptionsBase } from "./options.ts"

/** Options of versions before 7. Who gives them must not find out by entries that never leave. */
const FORMER = { length: "sizeCalculation", maxAge: "ttl", stale: "allowStale" }

const FUNCTIONS = ["dispose", "disposeAfter", "fetchMethod", "memoMethod", "onInsert"] as const

/** What was given to a cache and cannot be changed, read once and found right. */
type Given<K, V, FC> = Pick<
  OptionsBase<K, V, FC>,
  (typeof FUNCTIONS)[number] | "perf" | "strategy"
> & { readonly max: number; readonly maxSize: number }

/** The options of a cache as they are now: those that can be changed are members, as in lru-cache. */
export class Settings<K extends {}, V extends {}, FC> {
  /**
   * What makes the cache underneath from now on, where no `strategy` is given; `lru` at first. It
   * may be any function that makes one, and so can keep it to read its `stats` or to `use` another
   * strategy later. There a lookup that finds a stale entry is a hit.
   */
  static strategy: types.CacheMaker = lru

  ttl: number
  ttlResolution: number
  ttlAutopurge: boolean
  updateAgeOnGet: boolean
  updateAgeOnHas: boolean
  allowStale: boolean
  noDisposeOnSet: boolean
  noUpdateTTL: boolean
  maxEntrySize: number
  sizeCalculation?: types.SizeCalculator<K, V> | undefined
  noDeleteOnFetchRejection: boolean
  noDeleteOnStaleGet: boolean
  allowStaleOnFetchAbort: boolean
  allowStaleOnFetchRejection: boolean
  ignoreFetchAbort: boolean
  backgroundFetchSize: number

  readonly #given: Given<K, V, FC>

  /** @throws {CacheError} `INVALID_OPTION` or `UNKNOWN_OPTION`, naming the option. */
  constructor(options: OptionsBase<K, V, FC>) {
    const given = readGiven(options)
    // Taken once, as lru-cache does: to look it up costs as much as to store.
    const platformClock = (globalThis as { performance?: types.Perf }).performance ?? Date
    const { strategy = new.target.strategy, perf = platformClock } = given
    this.#given = { ...given, strategy, perf }
    this.ttl = options.ttl ?? 0
    const { ttlResolution = 1 } = options
    this.ttlResolution = ttlResolution === 0 || isPositive(ttlResolution) ? ttlResolution : 1
    this.ttlAutopurge = !!options.ttlAutopurge
    this.updateAgeOnGet = !!options.updateAgeOnGet
    this.updateAgeOnHas = !!options.updateAgeOnHas
    this.allowStale = !!options.allowStale
    this.noDisposeOnSet = !!options.noDisposeOnSet
    this.noUpdateTTL = !!options.noUpdateTTL
    this.maxEntrySize = options.maxEntrySize || given.maxSize
    if (options.sizeCalculation) this.sizeCalculation = options.sizeCalculation
    this.noDeleteOnFetchRejection = !!options.noDeleteOnFetchRejection
    this.noDeleteOnStaleGet = !!options.noDeleteOnStaleGet
    this.allowStaleOnFetchAbort = !!options.allowStaleOnFetchAbort
    this.allowStaleOnFetchRejection = !!options.allowStaleOnFetchRejection
    this.ignoreFetchAbort = !!options.ignoreFetchAbort
    this.backgroundFetchSize = options.backgroundFetchSize ?? 1
  }

  get strategy(): types.CacheMaker {
    return this.#given.strategy!
  }
  get perf(): types.Perf {
    return this.#given.perf!
  }
  get max(): number {
    return this.#given.max
  }
  get maxSize(): number {
    return this.#given.maxSize
  }
  get dispose(): types.Disposer<K, V> | undefined {
    return this.#given.dispose
  }
  get disposeAfter(): types.Disposer<K, V> | undefined {
    return this.#given.disposeAfter
  }
  get onInsert(): types.Inserter<K, V> | undefined {
    return this.#given.onInsert
  }
  get fetchMethod(): types.Fetcher<K, V, FC> | undefined {
    return this.#given.fetchMethod
  }
  get memoMethod(): types.Memoizer<K, V, FC> | undefined {
    return this.#given.memoMethod
  }
}

function readGiven<K, V, FC>(options: OptionsBase<K, V, FC>): Given<K, V, FC> {
  if (typeof options !== "object" || options === null) {
    throw invalid("INVALID_OPTION", "options", "an object", options)
  }
  for (const [name, now] of Object.entries(FORMER)) {
    if ((options as Record<string, unknown>)[name] === undefined) continue
    throw new CacheError("UNKNOWN_OPTION", `\`${name}\` is not an option any more, \`${now}\` is`)
  }
  const { perf, strategy } = options
  const max = options.max ?? 0
  const maxSize = options.maxSize ?? 0
  const maxEntrySize = options.maxEntrySize ?? 0
  const ttl = options.ttl ?? 0
  for (const [name, value] of Object.entries({ max, maxSize, maxEntrySize, ttl })) {
    if (value === 0 || isPositive(value)) continue
    if (name === "max" && value === Infinity) continue
    throw invalid("INVALID_OPTION", name, "a positive integer or 0", value)
  }
  if (max === 0 && maxSize === 0 && ttl === 0) {
    throw invalid("INVALID_OPTION", "max", "given, or `maxSize` or `ttl`", undefined)
  }
  if (options.sizeCalculation !== undefined) {
    checkFunction("INVALID_OPTION", "sizeCalculation", options.sizeCalculation)
    if (maxSize === 0 && maxEntrySize === 0) {
      throw invalid("INVALID_OPTION", "maxSize", "given with `sizeCalculation`", undefined)
    }
  }
  if (perf !== undefined && typeof perf?.now !== "function") {
    throw invalid("INVALID_OPTION", "perf", "an object with a method `now`", perf)
  }
  if (strategy !== undefined) checkFunction("INVALID_OPTION", "strategy", strategy)
  const given: Given<K, V, FC> = { max, maxSize, perf, strategy }
  for (const name of FUNCTIONS) {
    const value = options[name]
    if (value === undefined || value === null) continue
    checkFunction("INVALID_OPTION", name, value)
    given[name] = value as never
  }
  return given
}

export function isPositive(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}
