import { defineStrategy, type SlotParts } from "@evictionary/core"
import { type AnyStrategy, cacheOf } from "./subject.ts"

/** What a workload does to a cache. */
export interface Use {
  /** Reads the key, and stores it on a miss. */
  request(key: number): void
  delete(key: number): void
  resize(capacity: number): void
}

/** Uses of a cache, more of them if its capacity is larger. */
export type Workload = (capacity: number, use: Use) => void

/**
 * How many steps the operations of a workload take, and how many operations there are. The steps are
 * how often the policy turns to the lists and columns that it has from the engine, and they to
 * themselves, and the elements of arrays that it has looked through as a whole: the same on every
 * machine. V8's own counts of blocks are not: they end where it optimises.
 */
export function measure(
  strategy: AnyStrategy,
  capacity: number,
  workload: Workload,
): { steps: number; operations: number } {
  let steps = 0
  let natives = 0
  let operations = 0
  countNatives((length) => {
    natives += length
  })
  const subject = counting(strategy, () => steps++)
  try {
    const cache = cacheOf(subject, capacity)
    workload(capacity, {
      request(key) {
        operations++
        if (cache.get(key) === undefined) cache.set(key, key)
      },
      delete(key) {
        operations++
        cache.delete(key)
      },
      resize(capacity) {
        operations++
        if (!strategy.neverEvicts) cache.resize(capacity)
      },
    })
  } finally {
    restoreNatives()
  }
  return { steps: natives + steps, operations }
}

type Native = (this: { readonly length: number }, ...args: unknown[]) => unknown

const prototype = Array.prototype as unknown as Record<string, Native>

/** What looks at all elements of an array, and enters no block of code for that. */
const NATIVES: readonly (readonly [name: string, native: Native])[] = [
  ...["concat", "fill", "includes", "indexOf", "join", "lastIndexOf", "reverse"],
  ...["shift", "slice", "sort", "splice", "unshift"],
].map((name) => [name, prototype[name] as Native])

/** Tells the length of each array that is looked at as a whole, until {@link restoreNatives}. */
function countNatives(count: (length: number) => void): void {
  for (const [name, native] of NATIVES) {
    define(name, function (...args) {
      count(this.length)
      return native.apply(this, args)
    })
  }
}

/** Gives arrays back what they had, also when somebody has ended the count. */
export function restoreNatives(): void {
  for (const [name, native] of NATIVES) define(name, native)
}

function define(name: string, value: Native): void {
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true })
}
/** The same strategy, but its policies count how often they turn to what they have. */
function counting(strategy: AnyStrategy, count: () => void): AnyStrategy {
  const { strategyName, createPolicy, ...traits } = strategy
  return defineStrategy(
    strategyName,
    (context) => createPolicy({ ...context, slots: counted(context.slots, count) }),
    traits as { neverEvicts: false },
  )
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
