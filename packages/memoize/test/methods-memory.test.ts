import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { lru } from "@evictionary/lru"
import { cacheOf, memoized } from "@evictionary/memoize"
import { expect, test } from "vitest"

setFlagsFromString("--expose-gc")
const collectGarbage = runInNewContext("gc") as () => void

/** How many of `refs` are still there. A target lives at least until the current job has ended. */
async function survivors(refs: WeakRef<object>[]): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve))
  collectGarbage()
  return refs.filter((ref) => ref.deref() !== undefined).length
}

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
  expect(await survivors(used(100, use))).toBe(0)
})

test("the cache of an object is collectable with it", async () => {
  const caches: WeakRef<object>[] = []
  used(100, (report) => {
    report.wrap({})
    caches.push(new WeakRef(cacheOf(report, "wrap").cache))
  })
  expect(await survivors(caches)).toBe(0)
})

test("what an object's cache has evicted is collectable while the object is there", async () => {
  const report = new Report()
  const refs = Array.from({ length: 100 }, () => {
    const argument = {}
    report.wrap(argument)
    report.pair(argument, argument)
    return new WeakRef(argument)
  })
  expect(await survivors(refs)).toBe(3)
  expect(cacheOf(report, "wrap").cacheInfo().size).toBe(3)
})

test("what memoizedOf makes is collectable when its object is held by nobody else", async () => {
  const held = cacheOf(new Report(), "self")
  held()
  expect(await survivors(used(10, (report) => cacheOf(report, "self")()))).toBe(0)
  expect(held.cacheInfo().size).toBe(1)
})
