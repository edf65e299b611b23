import { tagsOf } from "@evictionary/core/tags"
import { expect, it } from "vitest"
import { alike } from "../../../scripts/same.ts"
import { recency } from "./policies.ts"

it("a set for which the stack is too small leaves no value without its tags", () => {
  const cache = recency<number, number>({ capacity: 3, onRemoval() {} })
  const tags = tagsOf(cache)
  const stored = () => cache.stats.inserts + cache.stats.updates
  let value = 0
  let most = 0
  function deeper(): void {
    try {
      deeper()
    } catch {
      // It is full.
    }
    // What was stored first, where there was hardly room for it, is not to be overwritten.
    if (stored() > most) return
    value++
    try {
      tags.set(value % 5, value, { tags: [`${value % 2}`] })
    } catch {
      // It may have been stored all the same.
    }
  }
  for (let round = 0; round < 90; round++) {
    most = stored() + (round % 3)
    deeper()
    for (const [key, value] of cache) alike(tags.of(key), [`${value % 2}`], `tags of ${value}`)
  }
  expect(stored()).toBe(180)
})
