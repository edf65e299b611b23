import {
  type CacheOptions,
  checkDuration,
  checkFunction,
  checkShare,
  type EntryTerms,
  type EntryView,
  invalid,
  splitOptions,
} from "@evictionary/core"

/** Milliseconds, but for `refreshAhead`, which is a share of the `ttl`. */
export interface FreshnessOptions {
  /**
   * For so long after its `ttl` a result is still given, while one run in the background renews it.
   *
   * @default 0
   */
  staleWhileRevalidate?: number | undefined
  /**
   * For so long after its `ttl` a result is still given if the run that was to renew it fails, in
   * place of the error, which goes to `onCacheError`.
   *
   * @default 0
   */
  staleIfError?: number | undefined
  /**
   * From 0 to 1: who calls when this share of the `ttl` has passed gets the result, and has it
   * renewed in the background.
   *
   * @default 1
   */
  refreshAhead?: number | undefined
}

type StaleOptions = FreshnessOptions &
  Pick<CacheOptions<unknown, unknown>, "jitter" | "random" | "ttl">
type Entry = EntryView<unknown, unknown> | undefined

/** 30 years are as good as for ever, and leave room for fractions of a millisecond. */
const EVER = 1e12

/** What becomes of results that grow old. */
export interface Freshness {
  /** What the cache is to be told of a result. */
  terms(value: unknown, key: unknown): EntryTerms
  /** Whether a call may have it. */
  serves(entry: Entry): boolean
  /** Whether a call that has it should have it renewed. */
  isDue(entry: Entry): boolean
  /** Whether it may stand in for an error. */
  standsIn(entry: Entry): boolean
}

/**
 * What `options` say of results that grow old, if they do; and the other options.
 *
 * An entry is kept beyond its `ttl` for as long as it may be of use. So the time that the cache has
 * left for it tells how old it is, and nothing else needs to be stored. It would not with an idle
 * time, or with the jitter of the cache, which is for the whole time; hence it is taken here.
 */
export function freshnessFrom(options: object): [freshness: Freshness | undefined, others: object] {
  const names = ["staleWhileRevalidate", "staleIfError", "refreshAhead"] as const
  const [times, more] = splitOptions(options, names)
  if (Object.values(times).every((time) => time === undefined)) return [undefined, more]
  const [expiry, others] = splitOptions(more, ["ttl", "jitter", "random"])
  return [freshnessOf({ ...times, ...expiry } as StaleOptions, others.idle), others]
}

function freshnessOf(
  {
    staleWhileRevalidate = 0,
    staleIfError = 0,
    refreshAhead = 1,
    ttl,
    jitter = 0,
    random = Math.random,
  }: StaleOptions,
  idle: unknown,
): Freshness {
  const code = "INVALID_OPTION"
  checkDuration(code, "staleWhileRevalidate", staleWhileRevalidate)
  checkDuration(code, "staleIfError", staleIfError)
  checkShare(code, "refreshAhead", refreshAhead)
  if (typeof ttl !== "function") checkDuration(code, "ttl", ttl)
  checkShare(code, "jitter", jitter)
  checkFunction(code, "random", random)
  if (idle !== undefined) throw invalid(code, "idle", "left out where results may be stale", idle)

  const kept = Math.min(Math.max(staleWhileRevalidate, staleIfError), EVER)

  /** The time until it is stale; below 0 since when it has been. */
  const left = (entry: Entry): number => (entry ? entry.ttl - kept : -Infinity)

  return {
    terms(value, key) {
      const fresh = typeof ttl === "function" ? ttl(value, key) : (ttl as number)
      if (fresh < 0) return { ttl: 0 }
      checkDuration("INVALID_ARGUMENT", "ttl", fresh)
      if (jitter === 0 || fresh === Infinity) return { ttl: fresh + kept }
      const share = random()
      checkShare("INVALID_ARGUMENT", "random()", share)
      return { ttl: fresh * (1 - jitter * share) + kept }
    },
    serves: (entry) => left(entry) > -staleWhileRevalidate,
    isDue(entry) {
      const age = entry?.age ?? Number.NaN
      return age >= refreshAhead * (age + left(entry))
    },
    standsIn: (entry) => staleIfError > 0 && left(entry) > -staleIfError,
  }
}
