import { ensure, type Law, same } from "../law.ts"
import { type AnyStrategy, cacheOf, type TestCache } from "../subject.ts"
import { numbers } from "../traffic.ts"

const chapter = "Memory"

const { process } = globalThis as unknown as {
  process?: {
    getBuiltinModule?(name: string): unknown
    memoryUsage?(): { arrayBuffers: number; heapUsed: number }
  }
}

/** Bytes that a cache may take before it holds anything; garbage that is not collected among it. */
const MOST = 8 * 2 ** 20

function taken(): number {
  const { arrayBuffers = 0, heapUsed = 0 } = process?.memoryUsage?.() ?? {}
  return arrayBuffers + heapUsed
}

/** Numbers in a key, and how many such keys there are. */
const BULK = 2_000
const KEYS = 400

/** The collector of garbage, where a program can call it. */
function findCollector(): (() => void) | undefined {
  const v8 = process?.getBuiltinModule?.("node:v8") as
    | { setFlagsFromString(flags: string): void }
    | undefined
  const vm = process?.getBuiltinModule?.("node:vm") as
    | { runInNewContext(code: string): unknown }
    | undefined
  v8?.setFlagsFromString("--expose-gc")
  return vm?.runInNewContext("globalThis.gc") as (() => void) | undefined
}

export const memory: readonly Law[] = [
  {
    chapter,
    title: "keys that were evicted or deleted can be collected",
    isUnchecked: true,
    check(strategy: AnyStrategy) {
      const { ghosts } = strategy
      const remembered = typeof ghosts === "function" ? ghosts({} as never) : ghosts
      const collect = findCollector()
      // Where the paper has no bound, all of them may be remembered.
      if (collect === undefined || remembered > 10) return
      const cache = cacheOf(strategy, 4)
      // What one leaves that was under way already, another finds; it is not to go in between.
      collect()
      collect()
      const before = taken()
      for (let n = 0; n < KEYS; n++) {
        const key = new Array<number>(BULK).fill(n + 0.5)
        cache.set(key, n)
        if (n % 2 === 0 || strategy.neverEvicts) cache.delete(key)
      }
      collect()
      const kept = (taken() - before) / (8 * BULK)
      ensure(kept < KEYS / 4, `${Math.round(kept)} of ${KEYS} keys are still there`)
    },
  },
  {
    chapter,
    title: "a large capacity allocates nothing in advance, be it 2^31 or Infinity",
    check(strategy: AnyStrategy) {
      for (const capacity of [2 ** 24, 2 ** 31, 2 ** 40, Infinity]) {
        const before = taken()
        const cache = cacheOf(strategy, capacity)
        for (let key = 0; key < 40; key++) cache.set(key, key)
        const bytes = taken() - before
        ensure(bytes < MOST, `${bytes} bytes for 40 entries of a capacity of ${capacity}`)
        same(cache.size, 40, "size")
      }
    },
  },
]

/** For strategies that evict. */
export const remembered: readonly Law[] = [
  {
    chapter,
    title: "no more keys are remembered than the strategy declares, after shrinking too",
    check(strategy: AnyStrategy) {
      // Policies are watched, which is where it is looked for.
      for (const capacity of [1, 3, 10, 40]) {
        const cache = cacheOf(strategy, capacity)
        use(cache, capacity)
        cache.resize(Math.ceil(capacity / 4))
        use(cache, capacity)
        cache.resize(capacity)
        use(cache, capacity)
      }
    },
  },
]

/** Uses some keys often, while others come and go, and deletes some. */
function use(cache: TestCache, capacity: number): void {
  let next = 0
  for (const key of numbers(12 * capacity + 20, 3 * capacity)) {
    if (cache.get(key) === undefined) cache.set(key, key)
    if (key < capacity / 2) cache.get(key)
    if (next++ % 5 === 0) cache.set({}, next)
    if (next % 7 === 0) cache.delete((key * 3) % capacity)
  }
}
