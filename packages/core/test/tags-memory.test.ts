import { tagsOf } from "@evictionary/core/tags"
import { expect, it } from "vitest"
import { bytesOf } from "../../../scripts/bytes.ts"
import { expectSurvivors } from "../../../scripts/garbage.ts"
import { recency } from "./policies.ts"

it("of entries that have left no key is kept, and no tag", async () => {
  const refs: WeakRef<object>[] = []
  const cache = recency<object, number>({ capacity: 10, onRemoval: () => cache.has({}) })
  const tags = tagsOf(cache)
  for (let n = 0; n < 200; n++) {
    const key = {}
    refs.push(new WeakRef(key))
    tags.set(key, n, { tags: [`${n}`, "all"] })
    if (n % 3 === 0) tags.set(key, n + 1, { tags: ["other"] })
  }
  await expectSurvivors(refs, 10, 10)
  tags.invalidate("all", "other")
  await expectSurvivors(refs, 0)
  const bytes = await bytesOf(() => {
    for (let n = 0; n < 20_000; n++) tags.set({}, n, { tags: [`tag ${n}`] })
    cache.clear()
    return tags
  })
  expect(bytes).toBeLessThan(100_000)
})

it.each([
  ["of its own", 450, (n: number) => `${n}`],
  ["that it shares", 300, (n: number) => `${n % 100}`],
])("a tag %s costs an entry under %d bytes", async (_tag, most, tagOf) => {
  const bytes = await bytesOf(() => {
    const cache = recency<number, number>({ capacity: 20_000 })
    for (let n = 0; n < 20_000; n++) tagsOf(cache).set(n, n, { tags: [tagOf(n)] })
    return cache
  })
  expect(bytes / 20_000).toBeLessThan(most)
})
