import { wTinyLfu } from "@evictionary/w-tinylfu"
import { expect, it } from "vitest"
import { bytesOf } from "../../../scripts/bytes.ts"

/** Enough that what is compiled meanwhile, some tens of kB, does not count. */
const CACHES = 100

/** Bytes of a full cache. */
async function bytes(capacity: number, adaptive: boolean): Promise<number> {
  const all = await bytesOf(() =>
    Array.from({ length: CACHES }, () => {
      const cache = wTinyLfu<number, number>({ capacity, adaptive })
      for (let key = 0; key < capacity; key++) cache.set(key, key)
      return cache
    }),
  )
  return all / CACHES
}

it("miniatures take at most 10 kB, and less where there is little room", async () => {
  // What is compiled meanwhile would count as well.
  await bytes(2_000, true)
  expect((await bytes(100, true)) - (await bytes(100, false))).toBeLessThan(6_000)
  const miniatures = (await bytes(2_000, true)) - (await bytes(2_000, false))
  expect(miniatures).toBeGreaterThan(6_000)
  expect(miniatures).toBeLessThan(10_000)
})
