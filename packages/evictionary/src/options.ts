/** What a configuration says of any cache, as it is written: in a text, a file or a program. */
export interface WrittenOptions {
  /** The most entries: a non-negative integer or `Infinity`. 0 stores nothing. */
  readonly capacity?: number | undefined
  /** The most weight: a non-negative integer or `Infinity`, in the unit of `weigher`. */
  readonly maxWeight?: number | undefined
  /** Time to live: milliseconds, or a duration such as `"5m"`, `"250ms"`. 0 stores nothing. */
  readonly ttl?: number | string | undefined
  /** The time that an entry may go unused: as `ttl`. */
  readonly idle?: number | string | undefined
  /** The share of each time to live, from 0 to 1, that chance may take off. */
  readonly jitter?: number | undefined
  /** Whether expired entries are removed in passing, or by a timer as well. */
  readonly purge?: "lazy" | "timer" | undefined
}

/** The same, as it is understood: durations are milliseconds. */
export interface ReadOptions extends WrittenOptions {
  readonly ttl?: number | undefined
  readonly idle?: number | undefined
}
