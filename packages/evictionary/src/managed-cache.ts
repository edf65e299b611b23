import { CacheError } from "@evictionary/core"
import { inCodeOf, makeFrom, ownOf, type Settings } from "./config.ts"
import { type NamedCache, named } from "./named-cache.ts"

/** A cache keeps these for life; here is what they are where nothing is said. */
const FOR_LIFE = { jitter: 0, purge: "lazy" } as const

/** A cache that follows its configuration. */
export class ManagedCache {
  readonly cache: NamedCache<unknown, unknown>
  private settings: Settings

  constructor(settings: Settings) {
    this.settings = settings
    this.cache = named(makeFrom(settings, undefined))
  }

  /** Throws unless the cache can be changed to be as `settings` say. */
  check(settings: Settings): void {
    const { options } = this.settings
    const next = settings.options
    for (const name of Object.keys(FOR_LIFE) as (keyof typeof FOR_LIFE)[]) {
      if ((next[name] ?? FOR_LIFE[name]) !== (options[name] ?? FOR_LIFE[name])) throw fixed(name)
    }
    const inCode = inCodeOf(this.settings)
    for (const [name, value] of Object.entries(inCodeOf(settings))) {
      if (name !== "ttl" && inCode[name] !== value) throw fixed(name)
    }
  }

  /**
   * Gives the cache the strategy of `settings`, which have been checked; its entries stay. Returns
   * what takes that back. If this throws, nothing has changed.
   */
  swap(settings: Settings): () => void {
    const { cache, settings: before } = this
    const { strategy } = settings
    const own = ownOf(settings)
    const other = strategy !== before.strategy || strategy.strategyName !== cache.strategyName
    if (!other && sameEntries(own, ownOf(before))) return () => {}
    const { capacity, maxWeight } = cache
    cache.use(strategy, own)
    return () => {
      cache.use(before.strategy, ownOf(before))
      if (!before.strategy.neverEvicts) cache.resize(capacity, maxWeight)
    }
  }

  /** Changes what else `settings` say of the cache, whose strategy is theirs already. */
  apply(settings: Settings): void {
    const { strategy, options } = settings
    const before = this.settings.options
    // A function in the program stays where a file, which cannot have it, does not speak of it.
    this.settings = { ...settings, options: { ...inCodeOf(this.settings), ...options } }
    if (!strategy.neverEvicts) {
      this.cache.resize(options.capacity ?? Infinity, options.maxWeight ?? Infinity)
    }
    const { ttl = Infinity, idle = Infinity } = this.settings.options
    if (ttl !== (before.ttl ?? Infinity) || idle !== (before.idle ?? Infinity)) {
      this.cache.expire({ ttl, idle })
    }
  }
}

function sameEntries(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  )
}

function fixed(name: string): CacheError {
  return new CacheError(
    "UNSUPPORTED",
    `\`${name}\` cannot be changed while the cache is in use; make a new one`,
  )
}
