import { readFileSync } from "node:fs"
import { join } from "node:path"
import { lfu } from "@evictionary/lfu"
import { lru } from "@evictionary/lru"
import { memoize, memoizeAsync } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import { wTinyLfu } from "@evictionary/w-tinylfu"
import { LRUCache } from "lru-cache"
import memoizee from "memoizee"
import { memoize as microMemoize } from "micro-memoize"
import { LRUMap } from "mnemonist"
import NodeCache from "node-cache"
import pMemoize from "p-memoize"
import QuickLRU from "quick-lru"
import { lru as tinyLru } from "tiny-lru"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"

const PATH = join(import.meta.dirname, "../../../docs/from-lru-cache.md")

interface Library {
  readonly names: object
  readonly cache?: () => AnyCache
  /** Whether it evicts as `lru` does, so that what leaves next can be compared. */
  readonly evicts?: boolean
}

/** What each library is imported as, and the cache of its rows, if it has caches. */
const libraries: Record<string, Library> = {
  "lru-cache": { names: { LRUCache }, cache: () => new LRUCache({ max: 3 }), evicts: true },
  "quick-lru": { names: { QuickLRU }, cache: () => new QuickLRU({ maxSize: 3 }) },
  "tiny-lru": { names: { tinyLru }, cache: () => tinyLru(3), evicts: true },
  mnemonist: {
    names: { LRUMap },
    cache: () => new LRUMap(3) as unknown as AnyCache,
    evicts: true,
  },
  "node-cache": {
    names: { NodeCache },
    cache: () => new NodeCache({ checkperiod: 0 }) as unknown as AnyCache,
  },
  memoizee: { names: { memoizee } },
  "micro-memoize": { names: { microMemoize } },
  "p-memoize": { names: { pMemoize } },
}

/** What is asked here of any cache. */
interface AnyCache {
  get(key: unknown): unknown
  set(key: unknown, value: unknown): unknown
}

const KEYS = ["a", "b", "c", "d", 1, "1", "k"]

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ["Date", "setTimeout", "clearTimeout"] })
  vi.spyOn(performance, "now").mockImplementation(() => Date.now() - 999_999)
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

function isCache(value: unknown): value is AnyCache {
  const { get, set } = (value ?? {}) as Partial<AnyCache>
  return typeof get === "function" && typeof set === "function"
}

/** What is in a cache; `peek` where there is one, so as not to promote. */
function contents(cache: AnyCache): unknown[] {
  const { peek = cache.get } = cache as AnyCache & { peek?: AnyCache["get"] }
  const has = "has" in cache ? (cache.has as AnyCache["get"]) : () => true
  return KEYS.map((key) => [key, peek.call(cache, key), has.call(cache, key)])
}

/** What a cache does: who is evicted, what is stored, and when it expires. */
function conduct(cache: AnyCache): unknown[] {
  const seen = [contents(cache)]
  for (const [value, key] of [1, "1"].entries()) cache.set(key, value + 1)
  seen.push(contents(cache))
  for (const [value, key] of ["a", "b", "c", "d", "a", "b"].entries())
    cache.set(key, (value % 4) + 1)
  seen.push(contents(cache))
  cache.get("d")
  cache.set("k", 1)
  seen.push(contents(cache))
  for (const time of [20, 29, 1, 1, 30]) {
    vi.advanceTimersByTime(time)
    cache.get("k")
    seen.push(contents(cache))
  }
  return seen
}

/** What comes of the code in a row. */
async function seen(
  code: string,
  names: object,
  cache: AnyCache | undefined,
  evicts = false,
): Promise<unknown> {
  const logged: unknown[] = []
  const scope = { ...names, cache, log: (...words: unknown[]) => logged.push(words) }
  cache?.set("a", 1)
  cache?.set("b", 2)
  const run = new Function(...Object.keys(scope), `return ${code}`)
  const result: unknown = await run(...Object.values(scope))
  const shown = result === cache ? "the cache" : isCache(result) ? conduct(result) : result
  const left = cache ? [contents(cache)] : []
  // Those that come show who is next to leave.
  for (const key of evicts ? ["c", "d"] : []) {
    cache!.set(key, key)
    left.push(contents(cache!))
  }
  return [shown, left, logged]
}

const ours = { lfu, lru, memoize, memoizeAsync, unbounded, wTinyLfu }

const sections = readFileSync(PATH, "utf8").split(/^## /m).slice(1)

describe.each(sections.map((section) => [section.split("\n", 1)[0]!, section]))(
  "%s",
  (name, text) => {
    const rows = [...text.matchAll(/^\| `(.*)` \| `(.*)` \| (.*) \|$/gm)]
    const library = libraries[name]

    it("has rows", () => {
      expect(rows.length).toBeGreaterThan(2)
    })

    it.each(rows.map(([, theirs, now, change]) => [theirs!, now!, change!]))(
      "%s is now %s; what changes: %s",
      async (before, now, change) => {
        const made = library?.cache || !library ? lru<unknown, unknown>({ capacity: 3 }) : undefined
        const given = await seen(now, ours, made, library?.evicts)
        if (library === undefined) return
        const was = await seen(before, library.names, library.cache?.(), library.evicts)
        if (change.startsWith("nothing") && change !== "nothing is stored")
          expect(given).toEqual(was)
        else expect(given).not.toEqual(was)
      },
    )
  },
)

it("what has a section is tested, if it is installed", () => {
  const names = sections.map((section) => section.split("\n", 1)[0])
  expect(names).toEqual(expect.arrayContaining(Object.keys(libraries)))
})
