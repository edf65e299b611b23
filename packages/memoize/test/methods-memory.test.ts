import { lru } from "@evictionary/lru"
import { cacheOf, memoized } from "@evictionary/memoize"
import { expect, test } from "vitest"
import { expectSurvivors } from "../../../scripts/garbage.ts"

class Report {
  @memoized(lru, { capacity: 3, key: (x: object) => x })
  wrap(x: object): object {
    return { x, report: this }
  }

  @memoized(lru, { capacity: 1 })
  get self(): object {
    return { report: this }
  }

  @memoized(lru, { capacity: 3 })
  pair(x: object, y: object): object {
    return { x, y, report: this }
  }
}

/** Objects that were used and are referred to by their own results alone. */
function used(count: number, use: (report: Report) => void): WeakRef<object>[] {
  return Array.from({ length: count }, () => {
    const report = new Report()
    use(report)
    return new WeakRef(report)
  })
}

test.each<[string, (report: Report) => void]>([
  ["a method", (report) => report.wrap({})],
  ["a method with two arguments", (report) => report.pair(report, {})],
  ["a getter", (report) => report.self],
  ["cacheOf", (report) => cacheOf(report, "wrap").prime([report], report)],
])("an object is collectable after %s was used, though results refer to it", async (_, use) => {
  await expectSurvivors(used(100, use), 0)
})

test("the cache of an object is collectable with it", async () => {
  const caches: WeakRef<object>[] = []
  used(100, (report) => {
    report.wrap({})
    caches.push(new WeakRef(cacheOf(report, "wrap").cache))
  })
  await expectSurvivors(caches, 0)
})

test("what an object's cache has evicted is collectable while the object is there", async () => {
  const report = new Report()
  const refs = Array.from({ length: 100 }, () => {
    const argument = {}
    report.wrap(argument)
    report.pair(argument, argument)
    return new WeakRef(argument)
  })
  await expectSurvivors(refs, 3, 3)
  expect(cacheOf(report, "wrap").cacheInfo().size).toBe(3)
})

test("what memoizedOf makes is collectable when its object is held by nobody else", async () => {
  const held = cacheOf(new Report(), "self")
  held()
  const refs = used(100, (report) => cacheOf(report, "self")())
  await expectSurvivors(refs, 0)
  expect(held.cacheInfo().size).toBe(1)
})
