import { CacheError } from "@evictionary/core"
import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { capacities, operations, used } from "../operations.ts"
import { cacheOf, KEYS } from "../subject.ts"

const chapter = "Errors"
const notCounts: readonly unknown[] = [-1, 1.5, NaN, "10", null, undefined, {}, -Infinity, 2 ** 53]

/** Throws unless `act` throws a `CacheError` with the code whose message contains the words. */
export function throws(code: string, act: () => unknown, words = ""): void {
  try {
    act()
  } catch (error) {
    ensure(error instanceof CacheError, `not a CacheError: ${error}`)
    same((error as CacheError).code, code, "code")
    ensure((error as CacheError).message.includes(words), `"${error}" lacks "${words}"`)
    return
  }
  throw new Error(`expected ${code}, but nothing was thrown`)
}

export const errors: readonly Law[] = [
  {
    chapter,
    title: "a capacity that is no count is refused, by name",
    check: (strategy) => {
      for (const bad of notCounts) {
        if (strategy.neverEvicts) {
          throws("UNKNOWN_OPTION", () => strategy({ capacity: bad } as object), "`capacity`")
        } else {
          const make = (): unknown => strategy({ capacity: bad as number })
          throws("INVALID_OPTION", make, "`capacity` must be a non-negative integer")
        }
        const cache = cacheOf(strategy, 5).set("key", "value")
        throws("INVALID_ARGUMENT", () => cache.resize(bad as number), "`capacity`")
        throws("INVALID_ARGUMENT", () => cache.coldest(bad as number), "`n`")
        throws("INVALID_ARGUMENT", () => cache.hottest(bad as number), "`n`")
        same([...cache], [["key", "value"]], "entries")
      }
    },
  },
  {
    chapter,
    title: "an unknown option, and a listener that is no function, are refused by name",
    check: (strategy) => {
      throws(
        "UNKNOWN_OPTION",
        () => cacheOf(strategy, 5, { onremoval() {} } as object),
        "`onremoval`",
      )
      for (const option of ["onRemoval", "onListenerError"]) {
        throws("INVALID_OPTION", () => cacheOf(strategy, 5, { [option]: 5 }), `\`${option}\``)
      }
      throws("INVALID_OPTION", () => strategy(null as never), "`options`")
    },
  },
  {
    chapter,
    title: "a compute function that throws changes nothing but the count of misses",
    check: (strategy) =>
      forAll(
        fc.tuple(capacities, operations, fc.nat(KEYS.length - 1)),
        ([capacity, steps, index]) => {
          const cache = used(strategy, capacity, steps)
          cache.delete(KEYS[index])
          const before = [...cache]
          const { misses } = cache.stats
          let caught: unknown
          try {
            cache.getOrInsertComputed(KEYS[index], () => {
              throw "thrown by compute"
            })
          } catch (error) {
            caught = error
          }
          same(caught, "thrown by compute", "error")
          same([...cache], before, "entries")
          same(cache.stats.misses, misses + 1, "misses")
        },
      ),
  },
  {
    chapter,
    title: "a compute function that is none is refused, on a hit too",
    check: (strategy) => {
      const cache = cacheOf(strategy, 5).set("key", "value")
      for (const key of ["key", "other"]) {
        throws("INVALID_ARGUMENT", () => cache.getOrInsertComputed(key, 5 as never), "`compute`")
      }
      same([...cache], [["key", "value"]], "entries")
    },
  },
  {
    chapter,
    title: "a callback of `forEach` that is none is refused, though there is no entry",
    check: (strategy) => {
      const cache = cacheOf(strategy, 5)
      for (const bad of [undefined, null, {}, "callback"]) {
        throws("INVALID_ARGUMENT", () => cache.forEach(bad as never), "`callback`")
      }
    },
  },
]
