import { CacheError } from "@evictionary/core"
import { inCodeOf, makeFrom, ownOf, type Settings } from "./config.ts"
import { type NamedCache, named } from "./named-cache.ts"

/** A cache keeps these for life; here is what they are where nothing is said. */
const FOR_LIFE = { idle: Infinity, jitter: 0, purge: "lazy" } as const

/** A cache that follows its configuration. */
export class ManagedCache {
  readonly cache: NamedCache<unknown, unknown>
  private settings: Settings
  /** Whether the time to live can be changed: the cache asks for it each time. */
  private readonly timed: boolean

  constructor(settings: Settings) {
    const { ttl, idle } = settings.options
    this.settings = settings
    this.timed = typeof ttl === "number" || (ttl === undefined && idle !== undefined)
    const options = this.timed ? { ...settings.options, ttl: () => this.ttl } : settings.options
    this.cache = named(makeFrom({ ...settings, options }, undefined))
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
      if (inCode[name] !== value) throw fixed(name)
    }
    const ttl = next.ttl ?? (typeof options.ttl === "function" ? options.ttl : Infinity)
    if (!this.timed && ttl !== (options.ttl ?? Infinity)) throw fixed("ttl")
  }

  /** Changes the cache to be as `settings` say, which have been checked. */
  apply(settings: Settings): void {
    const { strategy, options } = settings
    const own = ownOf(settings)
    const other =
      strategy !== this.settings.strategy || strategy.strategyName !== this.cache.strategyName
    if (other || !sameEntries(own, ownOf(this.settings))) this.cache.use(strategy, own)
    // A function in the program stays where a file, which cannot have it, does not speak of it.
    this.settings = { ...settings, options: { ...inCodeOf(this.settings), ...options } }
    if (!strategy.neverEvicts) {
      this.cache.resize(options.capacity ?? Infinity, options.maxWeight ?? Infinity)
    }
  }

  private get ttl(): number {
    return (this.settings.options.ttl as number | undefined) ?? Infinity
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
