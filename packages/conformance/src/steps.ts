import { defineStrategy, type SlotParts } from "@evictionary/core"
import { type AnyStrategy, cacheOf } from "./subject.ts"

/** What a workload does to a cache. */
export interface Use {
  /** Reads the key, and stores it on a miss. */
  request(key: number): void
  delete(key: number): void
}

/** Uses of a cache, more of them if its capacity is larger. */
export type Workload = (capacity: number, use: Use) => void

/**
 * How often, for each operation of the workload, the policy turns to the lists and columns that it
 * has from the engine, and they to themselves: a measure of the time it takes that is the same on
 * every machine. What a policy keeps elsewhere is not counted.
 */
export function stepsPerOperation(
  strategy: AnyStrategy,
  capacity: number,
  workload: Workload,
): number {
  let steps = 0
  let operations = 0
  const count = () => steps++
  const { strategyName, createPolicy, ...traits } = strategy
  const counting = defineStrategy(
    strategyName,
    (context) => createPolicy({ ...context, slots: counted(context.slots, count) }),
    traits as { neverEvicts: false },
  )
  const cache = cacheOf(counting, capacity)
  workload(capacity, {
    request(key) {
      operations++
      if (cache.get(key) === undefined) cache.set(key, key)
    },
    delete(key) {
      operations++
      cache.delete(key)
    },
  })
  return steps / operations
}

/** The same, but the parts that it makes count. */
function counted(slots: SlotParts, count: () => void): SlotParts {
  return new Proxy(slots, {
    get(target, name) {
      const make: unknown = Reflect.get(target, name, target)
      if (typeof make !== "function") return make
      return (...args: unknown[]) => watched(make.apply(target, args) as object, count)
    },
  })
}

/** The same part; whoever looks at a member of it, even the part itself, is counted. */
function watched<Part extends object>(part: Part, count: () => void): Part {
  return new Proxy(part, {
    get(target, name, self) {
      count()
      return Reflect.get(target, name, self)
    },
  })
}
