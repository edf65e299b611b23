import { runningWatch, stepsTaken } from "./checked/watch.ts"
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

/** What the operations of a workload took. */
export interface Steps {
  readonly operations: number
  /** Of all operations. */
  readonly steps: number
  /** The most of one operation, if it gave no new bound. */
  readonly most: number
}

/**
 * Counts the steps of a workload's operations: how often the policy turns to the lists and columns
 * that it has from the engine, and the elements of arrays that it has looked through as a whole. They
 * are the same on every machine. V8's own counts of blocks would see all loops, but only of functions
 * that had never run when it began to count, and whoever reads them takes them from a coverage report.
 */
export function measure(strategy: AnyStrategy, capacity: number, workload: Workload): Steps {
  const before = stepsTaken()
  let natives = 0
  let operations = 0
  let most = 0
  countNatives((elements) => {
    natives += elements
  })
  const taken = () => natives + stepsTaken() - before
  try {
    const cache = cacheOf(strategy, capacity)
    workload(capacity, {
      request(key) {
        const begin = taken()
        operations++
        if (cache.get(key) === undefined) cache.set(key, key)
        most = Math.max(most, taken() - begin)
      },
      delete(key) {
        const begin = taken()
        operations++
        cache.delete(key)
        most = Math.max(most, taken() - begin)
      },
      resize(capacity) {
        operations++
        if (!strategy.neverEvicts) cache.resize(capacity)
      },
    })
  } finally {
    restoreNatives()
  }
  return { operations, steps: taken(), most }
}

type Native = (this: { readonly length: number }, ...args: unknown[]) => unknown

const prototype = Array.prototype as unknown as Record<string, Native>

/** What looks at all elements of an array, and, if there is a callback, perhaps not at all. */
const NATIVES: readonly (readonly [name: string, native: Native])[] = [
  ...["concat", "fill", "includes", "indexOf", "join", "lastIndexOf", "reverse"],
  ...["shift", "slice", "sort", "splice", "unshift"],
  ...["every", "filter", "find", "findIndex", "findLast", "findLastIndex", "flatMap", "forEach"],
  ...["map", "reduce", "reduceRight", "some"],
].map((name) => [name, prototype[name] as Native])

/** Tells how many elements of arrays policies look at, until {@link restoreNatives}. */
function countNatives(count: (elements: number) => void): void {
  for (const [name, native] of NATIVES) {
    define(name, function (...args) {
      if (runningWatch() === undefined) return native.apply(this, args)
      const [callback, ...rest] = args
      if (name === "sort" || typeof callback !== "function") {
        count(this.length)
        return native.apply(this, args)
      }
      return native.call(
        this,
        function (this: unknown, ...given: unknown[]) {
          count(1)
          return Reflect.apply(callback, this, given)
        },
        ...rest,
      )
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
