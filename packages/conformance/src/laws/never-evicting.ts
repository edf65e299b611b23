import { forAll, type Law, same } from "../law.ts"
import { keyOf, operations, perform } from "../operations.ts"
import { cacheOf } from "../subject.ts"
import { throws } from "./errors.ts"

const chapter = "Bounds"

/** Stand in for the laws of `bounds` where a strategy says that it never evicts. */
export const neverEvicting: readonly Law[] = [
  {
    chapter,
    title: "nothing leaves that was not deleted, overwritten or cleared",
    check: (strategy) =>
      forAll(operations, (steps) => {
        const cache = cacheOf(strategy, Infinity)
        const model = new Map<unknown, unknown>()
        for (const step of steps) {
          perform(cache, step, step)
          if (step[0] === "clear") model.clear()
          else if (step[0] === "delete") model.delete(keyOf(step))
          else if (step[0] === "set") model.set(keyOf(step), step)
          else if (step[0] !== "get" && !model.has(keyOf(step))) model.set(keyOf(step), step)
        }
        same(new Map(cache).size, model.size, "size")
        for (const [key, value] of model) same(cache.peek(key), value, "value")
        same(cache.stats.evictions, 0, "evictions")
      }),
  },
  {
    chapter,
    title: "the capacity is infinite, and cannot be made finite",
    check: (strategy) => {
      const cache = cacheOf(strategy, Infinity)
      same(cache.capacity, Infinity, "capacity")
      cache.resize(Infinity)
      throws("UNSUPPORTED", () => cache.resize(10))
      same(cache.capacity, Infinity, "capacity")
    },
  },
]
