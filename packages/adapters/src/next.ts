import type { Cache } from "@evictionary/core"

/** A page, a response or the result of a `fetch`, as it is kept for Next.js. */
export interface NextEntry {
  /** What Next.js gets. */
  readonly found: { readonly lastModified: number; value: unknown; cacheControl?: unknown }
  readonly tags: readonly string[]
  /** How often something had been revalidated when it was stored. */
  readonly tick: number
}

/** What Next.js says of an entry: what it is stored for, or asked for. */
interface Context {
  readonly kind?: string
  readonly tags?: readonly string[]
  readonly softTags?: readonly string[]
  readonly cacheControl?: unknown
}

/** What Next.js asks of a `cacheHandler`; it makes a new one for each request. */
export interface NextCacheHandler {
  get(key: string, context?: Context): Promise<NextEntry["found"] | null>
  set(key: string, value: unknown, context?: Context): Promise<void>
  /** What has one of the tags is gone from now on. O(1) for each tag. */
  revalidateTag(tags: string | readonly string[]): Promise<void>
  resetRequestCache(): void
}

/** The most tags whose last revalidation is remembered; with more, all entries count as old. */
const TAGS = 10_000

/**
 * The class for `cacheHandler` of Next.js 15 and 16 that keeps everything in `cache`: to be
 * exported by default from the file that the configuration names, with `cacheMaxMemorySize: 0`.
 *
 * What is revalidated is rendered anew before anybody gets it, also where `revalidateTag` is given
 * a profile that would let the old be served meanwhile.
 *
 * @example
 * ```ts
 * export default nextCacheHandler(sieve({ capacity: 10_000 }))
 * ```
 */
export function nextCacheHandler(cache: Cache<string, NextEntry>): new () => NextCacheHandler {
  let tick = 0
  let all = 0
  const revalidated = new Map<string, number>()

  const stands = ({ tick, tags }: NextEntry, more: readonly string[]) =>
    tick >= all && ![...tags, ...more].some((tag) => (revalidated.get(tag) ?? 0) > tick)

  return class {
    async get(key: string, { tags = [], softTags = [] }: Context = {}) {
      const entry = cache.get(key)
      if (entry === undefined) return null
      if (stands(entry, [...tags, ...softTags])) return entry.found
      cache.delete(key)
      return null
    }

    async set(key: string, value: unknown, { tags = [], cacheControl }: Context = {}) {
      const found = {
        lastModified: Date.now(),
        value,
        ...(cacheControl !== undefined && { cacheControl }),
      }
      cache.set(key, { found, tags: [...tags, ...tagsOf(value)], tick })
    }

    async revalidateTag(tags: string | readonly string[]) {
      tick++
      for (const tag of [tags].flat()) revalidated.set(tag, tick)
      if (revalidated.size <= TAGS) return
      all = tick
      revalidated.clear()
    }

    resetRequestCache() {}
  }
}

/** The tags that pages and responses carry among their headers. */
function tagsOf(value: unknown): string[] {
  const { headers } = (value ?? {}) as { headers?: Record<string, unknown> }
  const tags = headers?.["x-next-cache-tags"]
  return typeof tags === "string" ? tags.split(",") : []
}
