import { checkFunction, invalid, type MapLike, splitOptions } from "@evictionary/core"
import { refuseIterator } from "./iterator.ts"
import type { Callable } from "./wrapper.ts"

/** What the second argument of `memoize` comes down to. */
export interface Settings {
  readonly cache: MapLike<unknown, unknown>
  readonly key: Callable | undefined
}

/** Checks the arguments of `memoize`. Returns what the second says, as options. */
export function checked(fn: Callable, cacheOrOptions: unknown): object {
  checkFunction("INVALID_ARGUMENT", "fn", fn)
  refuseIterator(fn.prototype)
  if (isMapLike(cacheOrOptions)) return { cache: cacheOrOptions }
  if (cacheOrOptions && typeof cacheOrOptions === "object") return cacheOrOptions
  throw invalid("INVALID_ARGUMENT", "cacheOrOptions", "a cache or options", cacheOrOptions)
}

/** What options come down to. Makes the cache if it is to be made. */
export function settingsFrom(options: object): Settings {
  const [{ key, strategy }, others] = splitOptions(options, ["key", "strategy"])
  if (key !== undefined) checkFunction("INVALID_OPTION", "key", key)
  const { cache, ttl, ...more } = others
  const isReady = strategy === undefined && cache !== undefined
  if (isReady) refuse({ ttl, ...more })
  // Less than no time is what a function says of a result that is not to be kept.
  if (typeof ttl === "function") others.ttl = (...entry: unknown[]) => orNone(ttl(...entry))
  const used = isReady ? cache : typeof strategy === "function" && strategy(others)
  if (isMapLike(used)) return { cache: used, key: key as Callable | undefined }
  const name = isReady ? "cache" : "strategy"
  throw invalid("INVALID_OPTION", name, `a ${name}`, isReady ? cache : strategy)
}

/** A cache that is there has options of its own. */
function refuse(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined)
      throw invalid("INVALID_OPTION", name, "left out beside a `cache`", value)
  }
}

/** A span of time as a function has told it, 0 if it is less. */
export function orNone(ms: number): number {
  if (ms < 0) return 0
  return ms
}

export function isMapLike(value: unknown): value is MapLike<unknown, unknown> {
  return (["get", "has", "set", "delete", "clear"] as const).every(
    (name) => typeof (value as Partial<Settings["cache"]> | null)?.[name] === "function",
  )
}
