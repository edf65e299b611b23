import { type AsyncMapLike, memoizeAsync } from "@evictionary/memoize"
import type { TieredCache } from "@evictionary/tiered"
import { expect, it } from "vitest"
import { deferred, pair } from "./pair.ts"

/** The same cache, for whoever knows only what a map can do. */
function asMap<V>(cache: TieredCache<string, V>): AsyncMapLike<string, V> {
  return {
    get: (key) => cache.get(key),
    has: (key) => cache.has(key),
    set: (key, value) => cache.set(key, value),
    delete: (key) => cache.delete(key),
    clear: () => cache.clear(),
  }
}

type Row = { readonly of: string }

/** Two processes, of which one deletes a row while the other loads it. */
async function deletedMeanwhile(
  of: (cache: TieredCache<string, Row>) => AsyncMapLike<string, Row>,
) {
  const { a, b, settle } = await pair<Row>()
  let row = "old"
  const gate = deferred<void>()
  const load = async (_id: string) => {
    const read = { of: row }
    if (row === "old") await gate.promise
    return read
  }
  const [mine, theirs] = [
    memoizeAsync(load, { cache: of(a) }),
    memoizeAsync(load, { cache: of(b) }),
  ]
  const first = mine("7")
  await settle()
  row = "new"
  const deleted = theirs.delete("7")
  await settle()
  gate.resolve()
  await settle()
  await Promise.all([first, deleted])
  await settle()
  const later = [mine("7"), theirs("7")]
  await settle()
  return (await Promise.all(later)).map(({ of }) => of)
}

it("memoizeAsync over two tiers keeps out what another process has deleted while it was loaded", async () => {
  expect(await deletedMeanwhile((cache) => cache)).toEqual(["new", "new"])
})

it("which it cannot over get and set alone", async () => {
  expect(await deletedMeanwhile(asMap)).toContain("old")
})

it("memoizeAsync has a row loaded once for two processes, and stale rows renewed by the cache", async () => {
  const { a, b, clock, settle } = await pair<Row>({ ttl: 1_000, staleWhileRevalidate: 10_000 })
  let runs = 0
  const load = async (id: string) => ({ of: `${id} #${++runs}` })
  const [mine, theirs] = [memoizeAsync(load, { cache: a }), memoizeAsync(load, { cache: b })]
  const call = async (user: typeof mine) => {
    const called = user("7")
    await settle()
    return (await called).of
  }
  expect([await call(mine), await call(mine), await call(theirs)]).toEqual(["7 #1", "7 #1", "7 #1"])
  expect(mine.cacheInfo()).toMatchObject({ hits: 1, misses: 1 })
  expect(theirs.cacheInfo()).toMatchObject({ hits: 1, misses: 0 })
  await clock.advance(1_500)
  expect(await call(mine)).toBe("7 #1")
  await settle()
  expect([await call(mine), runs]).toEqual(["7 #2", 2])
})

it("memoizeAsync needs a key for calls with several arguments, and says so", async () => {
  const { a, settle } = await pair<number>()
  const errors: unknown[] = []
  const area = memoizeAsync(async (width: number, height: number) => width * height, {
    cache: a,
    onCacheError: (error) => errors.push(error),
  })
  const called = area(2, 3)
  await settle()
  expect(await called).toBe(6)
  const message = "`key` must be a string, received an object"
  expect(errors[0]).toMatchObject({ code: "INVALID_ARGUMENT", message })
})
