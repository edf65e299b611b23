import { type NextEntry, nextCacheHandler } from "@evictionary/adapters"
import { lru } from "@evictionary/lru"
import { unbounded } from "@evictionary/unbounded"
import fc from "fast-check"
import { expect, test } from "vitest"

/** What Next.js makes for each request, over the same cache. */
const handlers = (cache = unbounded<string, NextEntry>()) => {
  const Handler = nextCacheHandler(cache)
  return () => new Handler()
}

const page = (tags: string) => ({
  kind: "APP_PAGE",
  html: "<p>",
  rscData: Buffer.from("p"),
  headers: { "x-next-cache-tags": tags },
  status: 200,
})
const result = { kind: "FETCH", data: { body: "1" }, revalidate: 60, tags: ["users"] }
const FETCH = { kind: "FETCH", tags: ["users"], softTags: ["_N_T_/layout", "_N_T_/about"] }
const APP_PAGE = { kind: "APP_PAGE", isFallback: false }

test("what one request stores, another finds, with when that was and how long it is for", async () => {
  const handler = handlers()
  const before = Date.now()
  const cacheControl = { revalidate: 60, expire: 3600 }
  const stored = page("_N_T_/layout,_N_T_/about")
  await handler().set("/about", stored, { cacheControl, isFallback: false } as object)
  const found = await handler().get("/about", APP_PAGE)
  expect(found).toEqual({ value: stored, cacheControl, lastModified: expect.any(Number) })
  expect(found!.value).toBe(stored)
  expect(found!.lastModified).toBeGreaterThanOrEqual(before)
  expect(found!.lastModified).toBeLessThanOrEqual(Date.now())
  expect(await handler().get("/other", APP_PAGE)).toBe(null)
})

test("that there is no such page is kept, too", async () => {
  const handler = handlers()
  await handler().set("/none", null, { cacheControl: { revalidate: 1 } } as object)
  expect((await handler().get("/none", APP_PAGE))!.value).toBe(null)
})

test("a page is gone when one of the tags in its headers is revalidated", async () => {
  const handler = handlers()
  await handler().set("/about", page("_N_T_/layout,users"))
  await handler().set("/other", page("_N_T_/layout"))
  await handler().revalidateTag("users")
  expect(await handler().get("/about", APP_PAGE)).toBe(null)
  expect(await handler().get("/other", APP_PAGE)).not.toBe(null)
})

test.each([
  ["a tag that it was stored with", "users"],
  ["a path that it was asked for on", "_N_T_/about"],
])("the result of a fetch is gone when %s is revalidated", async (_, tag) => {
  const handler = handlers()
  await handler().set("hash", result, { fetchCache: true, tags: ["users"] } as object)
  expect((await handler().get("hash", FETCH))!.value).toBe(result)
  await handler().revalidateTag([tag, "other"])
  expect(await handler().get("hash", FETCH)).toBe(null)
  await handler().set("hash", result, { fetchCache: true, tags: ["users"] } as object)
  expect((await handler().get("hash", FETCH))!.value).toBe(result)
})

test("what is revalidated leaves the cache when it is asked for", async () => {
  const cache = lru<string, NextEntry>({ capacity: 10 })
  const handler = handlers(cache)
  await handler().set("/about", page("users"))
  await handler().revalidateTag("users")
  await handler().get("/about", APP_PAGE)
  expect(cache.size).toBe(0)
})

test("there are no more pages than the cache has room for", async () => {
  const handler = handlers(lru({ capacity: 1 }))
  await handler().set("/a", page("a"))
  await handler().set("/b", page("b"))
  handler().resetRequestCache()
  expect(await handler().get("/a", APP_PAGE)).toBe(null)
  expect(await handler().get("/b", APP_PAGE)).not.toBe(null)
})

test("however many tags are revalidated, what had one of them never comes back", async () => {
  const handler = handlers()
  await handler().set("/first", page("tag 0"))
  await handler().set("/last", page("tag 10000"))
  for (let n = 0; n <= 10_000; n++) await handler().revalidateTag(`tag ${n}`)
  expect(await handler().get("/first", APP_PAGE)).toBe(null)
  expect(await handler().get("/last", APP_PAGE)).toBe(null)
  await handler().set("/last", page("tag 10000"))
  expect(await handler().get("/last", APP_PAGE)).not.toBe(null)
})

test("exactly what was stored before one of its tags was revalidated is gone", async () => {
  const tag = fc.constantFrom("a", "b", "c")
  const tags = fc.uniqueArray(tag)
  const key = fc.constantFrom("x", "y")
  const step = fc.oneof(fc.record({ key, tags }), fc.record({ revalidated: tags }))
  const law = fc.asyncProperty(fc.array(step), tags, async (steps, softTags) => {
    const handler = handlers()
    const model = new Map<string, { tags: string[]; since: Set<string> }>()
    for (const step of steps) {
      if ("key" in step) {
        await handler().set(step.key, { ...result, tags: step.tags }, step)
        model.set(step.key, { tags: step.tags, since: new Set() })
      } else {
        await handler().revalidateTag(step.revalidated)
        for (const { since } of model.values()) for (const tag of step.revalidated) since.add(tag)
      }
    }
    for (const key of ["x", "y"]) {
      const held = model.get(key)
      const stands = held && ![...held.tags, ...softTags].some((tag) => held.since.has(tag))
      const found = await handler().get(key, { ...FETCH, tags: held?.tags ?? [], softTags })
      expect(found !== null).toBe(stands ?? false)
    }
  })
  await fc.assert(law)
})
