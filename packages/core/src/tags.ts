// By its name, so that the core of who has no tags stays one file, which bundles better.
import { type Cache, type EntryTerms, invalid, readMembers } from "@evictionary/core"

/** What {@link Tags.set} can be told of one entry. */
export interface TaggedTerms extends EntryTerms {
  /** Names, not empty, by which the value can be invalidated, together with others. */
  readonly tags?: readonly string[] | undefined
}

const MEMBERS = ["ttl", "weight", "tags"] as const

/** A value that has tags. */
interface Tagged<K, V> {
  readonly key: K
  readonly value: V
  /** Each once. */
  readonly tags: readonly string[]
}

const tagsByCache = new WeakMap<object, unknown>()

/**
 * The tags of a cache: the same object each time, so that all who use a cache know the same tags.
 *
 * @throws {CacheError} `INVALID_ARGUMENT` if `cache` is no cache of this library.
 *
 * @example
 * ```ts
 * const users = lru<string, User>({ capacity: 1_000 })
 *
 * tagsOf(users).set("7", ada, { tags: ["team:3"] })
 * tagsOf(users).invalidate("team:3")
 * ```
 */
export function tagsOf<K, V>(cache: Cache<K, V>): Tags<K, V> {
  const known = tagsByCache.get(cache) as Tags<K, V> | undefined
  if (known !== undefined) return known
  if (typeof (cache as Cache<K, V> | undefined)?.subscribe !== "function") {
    throw invalid("INVALID_ARGUMENT", "cache", "a cache", cache)
  }
  const tags = new TagIndex(cache)
  tagsByCache.set(cache, tags)
  return tags
}

/**
 * Values that can be invalidated by tags.
 *
 * A value keeps its tags for as long as it is under its key: until it leaves, whatever the cause, or
 * another value comes in its place, however that is stored. If the operation that removes it brings
 * the very same value back, as `load` may, it may keep them; apart from that, a dump has no tags.
 */
export interface Tags<K, V> {
  /**
   * Stores as the cache's own `set`. The value has these tags from now on, and no other.
   *
   * @throws {CacheError} as the cache's `set`; `INVALID_ARGUMENT` if `tags` is not an array of
   * strings of whole characters that are not empty. Then nothing has changed.
   */
  set(key: K, value: V, terms?: TaggedTerms): this

  /**
   * Deletes all entries that have one of the tags, and returns how many those were. O(number of
   * those), however many others there are.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if a tag is none. Then nothing has changed.
   */
  invalidate(...tags: string[]): number

  /** The tags of the value of `key`; none if there is no value. O(number of tags). */
  of(key: K): string[]
}

/**
 * What is here of a key is right once the listeners of the cache have been told all: then the cache
 * holds `value` under `key`, or has an expired entry whose removal is still to be told of.
 *
 * While they are being told, it need not be: what they hear of may be over by then. So no news is
 * believed here: it is a reason to look.
 */
class TagIndex<K, V> implements Tags<K, V> {
  private readonly cache: Cache<K, V>
  private readonly byKey: Map<K, Tagged<K, V>>
  private readonly byTag: Map<string, Set<Tagged<K, V>>>

  constructor(cache: Cache<K, V>) {
    this.cache = cache
    this.byKey = new Map()
    this.byTag = new Map()
    cache.subscribe({
      onRemoval: (key) => {
        const tagged = this.byKey.get(key)
        if (tagged !== undefined && !this.holds(tagged)) this.drop(tagged)
      },
    })
  }

  set(key: K, value: V, terms: TaggedTerms = {}): this {
    const { tags = [], ...own } = readMembers("INVALID_ARGUMENT", "terms", terms, MEMBERS)
    checkTags(tags)
    const wanted = [...tags]
    const { cache, byKey, byTag } = this
    const before = byKey.get(key)
    const { inserts, updates } = cache.stats
    let isDone = false
    try {
      cache.set(key, value, own)
      isDone = true
    } finally {
      // A stack that is too full to tell listeners has stored the value all the same. Then there may
      // be no room to call a function but those that JavaScript brings: so all is done here.
      const { stats } = cache
      const other = byKey.get(key)
      // A listener has stored the same value under the same key. Which was last, nobody knows.
      const isSame = other !== before && other !== undefined && Object.is(other.value, value)
      const those = new Set(isSame ? [...wanted, ...other.tags] : wanted)
      const tagged = { key, value, tags: [...those] }
      let isThere = isDone || stats.inserts !== inserts || stats.updates !== updates
      try {
        isThere &&= this.holds(tagged)
      } catch {
        // No room to look, or the clock fails: tags of what is not there do nothing.
      }
      if (isThere) {
        for (const tag of other?.tags ?? []) byTag.get(tag)?.delete(other!)
        if (tagged.tags.length > 0) byKey.set(key, tagged)
        else byKey.delete(key)
        for (const tag of tagged.tags) {
          if (!byTag.has(tag)) byTag.set(tag, new Set())
          byTag.get(tag)!.add(tagged)
        }
        for (const tag of other?.tags ?? []) if (byTag.get(tag)?.size === 0) byTag.delete(tag)
      }
    }
    return this
  }

  invalidate(...tags: string[]): number {
    checkTags(tags)
    const those = new Set<Tagged<K, V>>()
    for (const tag of tags) for (const tagged of this.byTag.get(tag) ?? []) those.add(tagged)
    let deleted = 0
    for (const tagged of those) {
      const { key, value } = tagged
      // A listener may have stored something else meanwhile.
      if (this.byKey.get(key) !== tagged) continue
      const entry = this.cache.entry(key)
      const isOther = entry !== undefined && !Object.is(entry.value, value)
      if (!isOther && this.cache.delete(key)) deleted++
      if (this.byKey.get(key) === tagged) this.drop(tagged)
    }
    return deleted
  }

  of(key: K): string[] {
    const tagged = this.byKey.get(key)
    return tagged !== undefined && this.holds(tagged) ? [...tagged.tags] : []
  }

  /** Whether the value is still there. */
  private holds({ key, value }: Tagged<K, V>): boolean {
    const entry = this.cache.entry(key)
    return entry !== undefined && Object.is(entry.value, value)
  }

  private drop(tagged: Tagged<K, V>): void {
    this.byKey.delete(tagged.key)
    for (const tag of tagged.tags) {
      const those = this.byTag.get(tag)
      those?.delete(tagged)
      if (those?.size === 0) this.byTag.delete(tag)
    }
  }
}

/** Throws unless these are tags: names by which one can tell them apart anywhere. */
export function checkTags(tags: unknown): asserts tags is readonly string[] {
  if (!Array.isArray(tags)) throw invalid("INVALID_ARGUMENT", "tags", "an array of strings", tags)
  for (const tag of tags) {
    if (typeof tag !== "string" || tag === "" || /[\uD800-\uDFFF]/u.test(tag)) {
      const must = "a string of whole characters that is not empty"
      throw invalid("INVALID_ARGUMENT", "tag", must, tag)
    }
  }
}
