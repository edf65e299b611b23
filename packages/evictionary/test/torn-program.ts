import { type AnyStrategy, lawsOf, type TestCache } from "@evictionary/conformance"
import { memoize, registry } from "evictionary"
import fc from "fast-check"
import { nearTheEnd } from "../../../scripts/near-the-end.ts"

/** What this program does, by the name of the task, with one strategy. */
const tasks: Record<string, (strategy: AnyStrategy, examples: number) => void> = {
  sweep,
  recursion,
  listener,
  laws,
  hang,
}

const FRAMES = 200

/** Told before what may not end. */
function begin(what: string): void {
  process.send?.(what)
}

function ensure(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

function make(strategy: AnyStrategy, options: object, capacity = 20): TestCache {
  const create = strategy as (options: object) => TestCache
  return create(strategy.neverEvicts ? options : { capacity, ...options })
}

/** All parts of the cache agree, and it stores. */
function ensureWhole(cache: TestCache): void {
  cache.purgeExpired()
  const entries = [...cache]
  ensure(cache.size <= cache.capacity, "more entries than the capacity")
  ensure(cache.weight <= cache.maxWeight, "more weight than maxWeight")
  ensure(entries.length === cache.size, `${entries.length} entries in iteration, not ${cache.size}`)
  ensure(new Map(entries).size === cache.size, "a key twice")
  let weight = 0
  for (const [key, value] of entries) {
    ensure(cache.peek(key) === value, "another value in iteration")
    weight += cache.entry(key)!.weight
  }
  ensure(weight === cache.weight, `weight ${cache.weight}, not ${weight}`)
  if (cache.capacity > 0)
    ensure(cache.set("new", weight).get("new") === weight, "nothing is stored")
}

/** Every public operation of a cache, by its name. */
const operations: Record<keyof TestCache, (cache: TestCache, n: number, to: AnyStrategy) => void> =
  {
    get: (cache, n) => cache.get(n % 60),
    peek: (cache, n) => cache.peek(n % 60),
    has: (cache, n) => cache.has(n % 60),
    knows: (cache, n) => cache.knows(n % 60),
    entry: (cache, n) => cache.entry(n % 60),
    set: (cache, n) => cache.set(n % 60, n, n % 3 === 0 ? { ttl: 50, weight: n % 4 } : undefined),
    getOrInsert: (cache, n) => cache.getOrInsert(n % 60, n),
    getOrInsertComputed: (cache, n) => cache.getOrInsertComputed(n % 60, () => n),
    delete: (cache, n) => cache.delete(n % 60),
    clear: (cache) => cache.clear(),
    resize: (cache, n) => cache.capacity < Infinity && cache.resize(5 + (n % 30)),
    use: (cache, _n, strategy) => cache.use(strategy),
    expire: (cache, n) => cache.expire({ ttl: 1_000 + n, idle: 500 }),
    purgeExpired: (cache) => cache.purgeExpired(),
    load: (cache) => cache.load(cache.dump()),
    dump: (cache) => cache.dump(),
    coldest: (cache) => cache.coldest(Infinity),
    hottest: (cache) => cache.hottest(3),
    inspect: (cache) => cache.inspect(),
    keys: (cache) => [...cache.keys()],
    values: (cache) => [...cache.values()],
    entries: (cache) => [...cache.entries()],
    [Symbol.iterator]: (cache) => [...cache],
    forEach: (cache) => cache.forEach(() => {}),
    subscribe: (cache) => cache.subscribe({ onHit() {}, onRemoval() {} })(),
    [Symbol.dispose]: (cache) => cache[Symbol.dispose](),
    size: (cache) => cache.size,
    weight: (cache) => cache.weight,
    capacity: (cache) => cache.capacity,
    maxWeight: (cache) => cache.maxWeight,
    strategyName: (cache) => cache.strategyName,
    stats: (cache) => cache.stats.minus(cache.stats.snapshot()),
  }

/** Options that make for other ways through the operations. */
const situations: { maxWeight?: number; [option: string]: unknown }[] = [
  {},
  { ttl: 100, idle: 50 },
  { maxWeight: 40, weigher: (value: number) => value % 4 },
  { onRemoval() {}, onListenerError() {}, ttl: (value: number) => 10 + (value % 100), jitter: 0.5 },
]

/** Every operation with every number of frames left; the cache is whole after each. */
function sweep(strategy: AnyStrategy, shifts: number): void {
  for (const name of Reflect.ownKeys(operations) as (keyof TestCache)[]) {
    begin(`${String(name)} of ${strategy.strategyName} near the end of the stack`)
    const operate = operations[name]
    for (const options of situations) {
      let now = 0
      const { maxWeight, ...others } = options
      const all = strategy.neverEvicts ? others : options
      const cache = make(strategy, { ...all, clock: { now: () => now } })
      for (let n = 0; n < 2_000; n++) {
        now += n % 3
        operate(cache, n * 7, strategy)
        cache.set((n * 11) % 60, n)
      }
      for (let shift = 0; shift < shifts; shift++) {
        for (let left = 0; left <= FRAMES; left++) {
          now++
          const only = (at: number) => at === left && operate(cache, left * 7, strategy)
          const [error] = nearTheEnd(left, 7 * shift, only)
          if (error !== undefined) throw error
          ensureWhole(cache)
        }
      }
    }
  }
}

/** The example of a report: a recursion through a memoized function. */
function recursion(strategy: AnyStrategy, requests: number): void {
  begin(`a recursion without end through ${strategy.strategyName}`)
  const leaf = memoize((n: number) => n, make(strategy, {}, 50) as never)
  let x = 1
  const walk = () => {
    x = (x * 1_103_515_245 + 12_345) & 0x7fffffff
    leaf((x >> 8) % 200)
    walk()
  }
  for (let request = 1; request <= requests; request++) {
    try {
      walk()
    } catch (error) {
      ensure(error instanceof RangeError, String(error))
    }
    ensure(leaf(-request) === -request, "another result")
    ensureWhole(leaf.cache as never)
  }
}

/** A listener that stores without end. */
function listener(strategy: AnyStrategy, rounds: number): void {
  begin(`a listener that stores without end in ${strategy.strategyName}`)
  const errors: unknown[] = []
  let next = 0
  const cache = make(strategy, {
    onRemoval: () => cache.set(next++, next),
    onListenerError: (error: unknown) => errors.push(error),
  })
  for (let round = -20; round < rounds; round++) {
    cache.set(next++, next)
    if (strategy.neverEvicts) cache.delete(next - 1)
    const told = errors.length
    ensure(cache.coldest(Infinity).length === cache.size, "the order is torn")
    ensure(cache.size <= cache.capacity, "more entries than the capacity")
    for (const [key, value] of cache) ensure(cache.peek(key) === value, "another value")
    ensure(errors.length === told, "reading removes")
  }
  ensure(strategy.neverEvicts || errors.length > 0, "nobody is told of the errors")
  for (const error of errors) ensure(error instanceof RangeError, String(error))
}

/** All laws, of caches that two hundred overflows have gone through before. */
function laws(strategy: AnyStrategy, examples: number): void {
  fc.configureGlobal({ numRuns: examples, seed: Number(process.env.SEED ?? Date.now() | 0) })
  const subject = weathered(strategy)
  for (const { chapter, title, check } of lawsOf(strategy)) {
    if (chapter === "Torn") continue
    begin(`"${title}", by ${strategy.strategyName} after overflows`)
    check(subject)
  }
}

/** The same strategy; each cache has gone through a lot before it is seen, but is empty. */
function weathered(strategy: AnyStrategy): AnyStrategy {
  const create = strategy as (options: unknown) => TestCache
  function created(options: unknown): TestCache {
    if (typeof options !== "object" || options === null) return create(options)
    let isQuiet = false
    const cache = create(quietly(options, () => isQuiet))
    isQuiet = true
    weather(cache, strategy)
    isQuiet = false
    return cache
  }
  return Object.assign(created, { ...strategy }) as never
}

/** The same options, of which the callbacks do nothing while it is to be quiet. */
function quietly(options: object, isQuiet: () => boolean): object {
  const results: Record<string, unknown> = { random: 0.5, ttl: 50, weigher: 1, cost: 1 }
  return new Proxy(options, {
    get(target, name) {
      const option: unknown = Reflect.get(target, name)
      if (typeof option !== "function" || !(name in results || /^on/.test(String(name))))
        return option
      return (...args: unknown[]) =>
        isQuiet() ? results[String(name)] : Reflect.apply(option, undefined, args)
    },
  })
}

function weather(cache: TestCache, strategy: AnyStrategy): void {
  const { capacity, maxWeight } = cache
  const isBounded = Math.min(capacity, maxWeight) < Infinity
  const keyOf = (n: number): unknown => [n, `${n}`, n + 0.5][n % 3]
  const acts: ((n: number) => void)[] = [
    (n) => cache.set(keyOf(n % 40), n),
    (n) => cache.get(keyOf(n % 40)),
    (n) => cache.getOrInsertComputed(keyOf(n % 50), () => n),
    (n) => cache.delete(keyOf(n % 40)),
    (n) => isBounded && cache.resize(Math.min(capacity, 1 + (n % 5)), maxWeight),
    () => cache.load(cache.dump()),
    () => cache.use(strategy),
    () => cache.purgeExpired(),
    () => cache.clear(),
    () => [...cache],
  ]
  for (let n = 0; n < 60; n++) acts[n % 4]?.(n * 7)
  let turn = 0
  const [error] = nearTheEnd(FRAMES, 0, () => acts[turn % acts.length]?.(turn++ * 7))
  if (error !== undefined) throw error
  if (isBounded) cache.resize(capacity, maxWeight)
  cache.clear()
  cache.stats.reset()
}

/** For the test of the tests. */
function hang({ strategyName }: AnyStrategy): void {
  begin(`something that ${strategyName} never ends`)
  for (;;);
}

const [, , task = "", name = "", amount = "1"] = process.argv
try {
  tasks[task]?.(registry.get(name), Number(amount))
  process.send?.("done")
} catch (error) {
  process.send?.(`error: ${(error as Error).stack}`)
}
process.disconnect?.()
