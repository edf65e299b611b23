import type { LRUCache } from "@evictionary/lru-cache"
import fc from "fast-check"
import { afterEach, expect, it, vi } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { type Class, implementations } from "./behaviours.ts"

type Options = LRUCache.OptionsMaxLimit<number, number, unknown>
type Told = Pick<Options, "noDisposeOnSet">
type Cache = LRUCache<number, number>
/** `at` is how many operations were before. */
type Operation = (cache: Cache, at: number) => unknown

const key = fc.integer({ min: 0, max: 7 })
const someValue = fc.integer({ min: 1, max: 3 })
/** Each time another one: theirs does not look at the size of a value that is set again. */
const anotherValue = fc.constant(undefined)
const flag = fc.constantFrom(undefined, true, false)

const options = fc.record({
  max: fc.integer({ min: 1, max: 6 }),
  ttl: fc.constantFrom(0, 5, 20),
  allowStale: flag,
  updateAgeOnGet: flag,
  updateAgeOnHas: flag,
  noUpdateTTL: flag,
  // With it, theirs tells `disposeAfter` of what a `set` evicts in a later operation.
  tells: fc.constantFrom({ noDisposeOnSet: true }, {}),
})
const sized = fc.record({
  max: fc.constantFrom(0, 3, 100),
  maxSize: fc.integer({ min: 3, max: 9 }),
  maxEntrySize: fc.constantFrom(undefined, 2),
})

function cleaned<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T
}

function operations(
  value: fc.Arbitrary<number | undefined>,
  size: fc.Arbitrary<number | undefined>,
): fc.Arbitrary<Operation | number> {
  const set = fc.record({
    ttl: fc.constantFrom(undefined, undefined, 0, 3, 30),
    size,
    noUpdateTTL: flag,
  })
  const get = fc.record({ allowStale: flag, updateAgeOnGet: flag })
  return fc.oneof(
    // How much time goes by.
    fc.integer({ min: 1, max: 8 }),
    ...[1, 2, 3].map(() =>
      fc.tuple(key, value, set).map(
        ([key, value, terms]): Operation =>
          (cache, at) => {
            const status = {}
            cache.set(key, value ?? at + 1, { ...cleaned(terms), status } as object)
            return told(status)
          },
      ),
    ),
    fc.tuple(key, get).map(
      ([key, terms]): Operation =>
        (cache) => {
          const status = {}
          return [cache.get(key, { ...cleaned(terms), status } as object), told(status)]
        },
    ),
    key.map(
      (key): Operation =>
        (cache) =>
          cache.get(key),
    ),
    key.map(
      (key): Operation =>
        (cache) =>
          cache.peek(key),
    ),
    key.map(
      (key): Operation =>
        (cache) => {
          const status = {}
          return [cache.has(key, { status }), told(status)]
        },
    ),
    key.map(
      (key): Operation =>
        (cache) =>
          cache.delete(key),
    ),
    key.map(
      (key): Operation =>
        (cache) =>
          cache.getRemainingTTL(key),
    ),
    key.map(
      (key): Operation =>
        (cache) =>
          cache.find((_, each) => each === key),
    ),
    ...[
      (cache: Cache) => cache.pop(),
      (cache: Cache) => cache.purgeStale(),
      (cache: Cache) => [...cache.rentries()],
      (cache: Cache) => [...cache.keys(), ...cache.rkeys(), ...cache.values(), ...cache.rvalues()],
      (cache: Cache) => cache.load(cache.dump()),
      (cache: Cache) => cache.clear(),
    ].map((operation) => fc.constant(operation)),
  )
}

/** What an operation has written, but for the cache. */
function told({ cache: _, ...status }: { cache?: unknown }): object {
  return status
}

/** What all operations give, what the listeners are told meanwhile, and what is left. */
function story(
  Implementation: Class,
  { tells, ...options }: Options & { tells: Told },
  operations: readonly (Operation | number)[],
): unknown[] {
  // Theirs takes a beginning at 0 for none.
  let now = 1
  vi.spyOn(Date, "now").mockImplementation(() => 1_000 + now)
  const events: unknown[][] = []
  const cache: Cache = new Implementation<number, number>({
    ...cleaned(options),
    perf: { now: () => now },
    ttlResolution: 0,
    onInsert: (...event) => events.push(["onInsert", ...event]),
    dispose: (...event) => events.push(["dispose", ...event]),
    ...(tells.noDisposeOnSet
      ? tells
      : { disposeAfter: (...event: unknown[]) => events.push(["disposeAfter", ...event]) }),
  } as Options)
  return operations.map((operation, at) => {
    events.length = 0
    if (typeof operation === "number") now += operation
    const result = typeof operation === "number" ? undefined : operation(cache, at)
    return [
      result,
      cache.size,
      cache.calculatedSize,
      [...cache.entries()],
      events.map(String).sort(),
    ]
  })
}

afterEach(() => {
  vi.restoreAllMocks()
})

const { ours, theirs } = implementations
const numRuns = deep ? 5_000 : 300

it("gives what lru-cache gives, whatever the operations", () => {
  fc.assert(
    fc.property(
      options,
      fc.array(operations(someValue, fc.constant(undefined)), { maxLength: 40 }),
      (options, operations) => {
        expect(story(ours, options, operations)).toEqual(story(theirs, options, operations))
      },
    ),
    { numRuns },
  )
})

it("gives what lru-cache gives where entries have sizes", () => {
  fc.assert(
    fc.property(
      options,
      sized,
      fc.array(operations(anotherValue, fc.constantFrom(1, 1, 2, 3, 4)), { maxLength: 40 }),
      (options, sized, operations) => {
        const all = { ...options, ...sized }
        expect(story(ours, all, operations)).toEqual(story(theirs, all, operations))
      },
    ),
    { numRuns },
  )
})
