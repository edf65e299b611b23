import type { MapLike } from "@evictionary/core"
import { lru } from "@evictionary/lru"
import { memoize } from "@evictionary/memoize"
import { unbounded } from "@evictionary/unbounded"
import fc from "fast-check"
import { LRUCache } from "lru-cache"
import { describe, expect, test } from "vitest"
import { same } from "../../../scripts/same.ts"

const shared = { shared: true }
const argument = fc.constantFrom<unknown[]>(
  0,
  -0,
  1,
  -1,
  2 ** 31,
  0.5,
  Number.NaN,
  "",
  "1",
  1n,
  true,
  null,
  undefined,
  shared,
  [1],
  "__proto__",
)
/** Few enough lists that calls come again, many enough that small caches evict. */
const args = fc.oneof(
  fc.array(argument, { maxLength: 3 }),
  fc.constantFrom<unknown[][]>([], [1], [1, 1], [1, 1, 1], [undefined], [undefined, undefined]),
)
const operation = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant("call"), args) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("throw"), args) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("delete", "prime", "refresh"), args) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("clear"), fc.constant([])) },
)

const sameValueZero = (a: unknown, b: unknown) => [a].includes(b)
const sameArgs = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((arg, i) => sameValueZero(arg, b[i]))

/** What a cache without a bound would hold, found by looking at everything. */
class Model {
  entries: { args: readonly unknown[]; value: unknown }[] = []

  find(args: readonly unknown[]) {
    return this.entries.find((entry) => sameArgs(entry.args, args))
  }

  delete(args: readonly unknown[]): boolean {
    const before = this.entries.length
    this.entries = this.entries.filter((entry) => !sameArgs(entry.args, args))
    return this.entries.length < before
  }

  set(args: readonly unknown[], value: unknown): void {
    this.delete(args)
    this.entries.push({ args, value })
  }
}

describe.each<[string, number, () => MapLike<unknown, unknown>]>([
  ["unbounded", Infinity, unbounded],
  ["a Map", Infinity, () => new Map()],
  ["lru of capacity 0", 0, () => lru({ capacity: 0 })],
  ["lru of capacity 1", 1, () => lru({ capacity: 1 })],
  ["lru of capacity 3", 3, () => lru({ capacity: 3 })],
  ["lru-cache of size 3", 3, () => new LRUCache({ max: 3 }) as MapLike<unknown, unknown>],
])("on %s", (_, capacity, create) => {
  test("every call gets its own latest result, and what is said of it is true", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        let results = 0
        let throws = false
        // lru-cache takes `undefined` for "delete this".
        const storesUndefined = !(create() instanceof LRUCache)
        const compute = (..._args: unknown[]): unknown => {
          if (throws) throw new Error("asked to")
          results++
          return storesUndefined && results % 4 === 0 ? undefined : `result ${results}`
        }
        const f = memoize(compute, create())
        const model = new Model()
        let calls = 0

        for (const [what, args] of operations) {
          const known = model.find(args)
          const cached = f.has(...args)
          // A bound may have cost an entry, but nothing may be there that should not.
          if (cached || capacity === Infinity) same(cached, known !== undefined, "it is there")
          if (cached) same(f.peek(...args), known?.value, "peek")

          const before = results
          if (what === "call") {
            calls++
            const result = f(...args)
            same(results - before, cached ? 0 : 1, "runs for a call")
            if (cached) same(result, known?.value, "call")
            else model.set(args, result)
          } else if (what === "throw") {
            calls++
            throws = true
            if (cached) same(f(...args), known?.value, "call that would throw")
            else expect(() => f(...args)).toThrow("asked to")
            expect(() => f.refresh(...args)).toThrow("asked to")
            throws = false
            same(f.has(...args), cached, "it is there after it threw")
          } else if (what === "delete") {
            same(f.delete(...args), cached, "delete")
            model.delete(args)
          } else if (what === "prime") {
            f.prime(args, "primed")
            model.set(args, "primed")
          } else if (what === "refresh") {
            model.set(args, f.refresh(...args))
            same(results - before, 1, "runs for a refresh")
          } else {
            f.clear()
            model.entries = []
            calls = 0
          }

          const { hits, misses, size = 0 } = f.cacheInfo()
          same(hits + misses, calls, "calls")
          if (!(size <= capacity)) expect.fail(`${size} entries, where ${capacity} are the most`)
          const there = model.entries.filter((entry) => f.has(...entry.args))
          same(size, there.length, "size")
        }
      }),
      { numRuns: 150 },
    )
  })
})
