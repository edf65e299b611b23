import type { CacheOptions, EntryTerms } from "@evictionary/core"
import fc from "fast-check"
import { type Operation, operationChoices, perform } from "./operations.ts"
import { others } from "./others.ts"
import { type AnyStrategy, KEYS, type TestCache } from "./subject.ts"

/**
 * Options of a cache, as data. All times are multiples of a quarter of a millisecond, so that sums
 * of them are exact.
 */
export interface Situation {
  readonly bounds: { readonly capacity?: number; readonly maxWeight?: number }
  readonly ttl?: number | "by value"
  readonly idle?: number
  /** The random numbers are all a half. */
  readonly jitter?: number
  readonly weigher?: "by value"
  readonly cost?: "by value"
  /** What the clock shows at first. */
  readonly start: number
}

/** What may happen to a cache of any options, as data. */
export type Step =
  | Operation
  | readonly ["reload"]
  | readonly ["purge" | "resizeWeight" | "tick" | "use", number]
  | readonly ["setOn", number, EntryTerms]

/** A cache whose time the test determines. */
export interface Subject {
  readonly cache: TestCache
  readonly clock: TestClock
}

/** Stands still unless it is put. */
export class TestClock {
  time: number

  constructor(time: number) {
    this.time = time
  }

  now(): number {
    return this.time
  }
}

const capacity = fc.constantFrom(0, 1, 2, 3, 4, 7, 100)
const maxWeight = fc.constantFrom(0, 1, 2, 3, 5, 8, 13, 100)
const duration = fc.constantFrom(0.25, 1, 3, 10, 10.5, 40, Infinity)

const bounds = fc.oneof(
  { weight: 2, arbitrary: fc.record({ capacity }) },
  { weight: 1, arbitrary: fc.record({ maxWeight }) },
  { weight: 1, arbitrary: fc.record({ capacity, maxWeight }) },
)
const start = fc.constantFrom(0, 0, -10, 2 ** 40, -(2 ** 40))

/** Every kind of options, together and alone; often none, since a cache takes short cuts then. */
export const situations: fc.Arbitrary<Situation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record(
      {
        bounds,
        ttl: fc.oneof(duration, fc.constant("by value" as const)),
        idle: duration,
        jitter: fc.constantFrom(0, 0.5, 1),
        weigher: fc.constant("by value" as const),
        cost: fc.constant("by value" as const),
        start,
      },
      { requiredKeys: ["bounds", "start"] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ bounds, start }) },
)

const terms: fc.Arbitrary<EntryTerms> = fc.record(
  { ttl: fc.oneof(duration, fc.constant(0)), weight: fc.nat(6) },
  { requiredKeys: [] },
)

const setOn: fc.WeightedArbitrary<Step> = {
  weight: 8,
  arbitrary: fc.tuple(fc.constant("setOn" as const), fc.nat(KEYS.length - 1), terms),
}

const choices: fc.WeightedArbitrary<Step>[] = [
  ...operationChoices,
  {
    weight: 12,
    arbitrary: fc.tuple(
      fc.constant("tick" as const),
      fc.oneof(
        { weight: 6, arbitrary: fc.nat(12) },
        { weight: 2, arbitrary: fc.nat(40).map((quarters) => quarters / 4) },
        { weight: 1, arbitrary: fc.integer({ min: -20, max: 0 }) },
      ),
    ),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant("purge" as const), fc.nat(4)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("resize" as const), fc.nat(8)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("resizeWeight" as const), fc.nat(12)) },
]

/** What happens to a cache, its clock and its bounds. */
export const steps: fc.Arbitrary<readonly Step[]> = sequences(choices)

/** The same, and it changes its strategy or is loaded with its own dump on the way. */
export const stepsAndSwaps: fc.Arbitrary<readonly Step[]> = sequences([
  ...choices,
  { weight: 2, arbitrary: fc.tuple(fc.constant("use" as const), fc.nat(others.length)) },
  { weight: 2, arbitrary: fc.constant(["reload"] as const) },
])

function sequences(from: fc.WeightedArbitrary<Step>[]): fc.Arbitrary<readonly Step[]> {
  const array = (...choices: fc.WeightedArbitrary<Step>[]): fc.Arbitrary<readonly Step[]> =>
    fc.array(fc.oneof(...choices), { maxLength: 60, size: "max" })
  // The first entry that is told terms changes what a cache must do for all others.
  return fc.oneof(
    { weight: 2, arbitrary: array(...from, setOn) },
    { weight: 1, arbitrary: array(...from) },
  )
}

/** What `value` weighs "by value"; a value is the number of the step that stores it. */
export function weightOf(value: unknown): number {
  return (value as number) % 4
}

/** What `value` costs "by value". */
function costOf(value: unknown): number {
  return ((value as number) % 5) / 2
}

const TTLS = [Infinity, 3, 10, 0, 10, 25.5, 100]

/** How long `value` lives "by value". */
export function ttlOf(value: unknown): number {
  return TTLS[(value as number) % TTLS.length] as number
}

/** A cache in the situation. */
export function subjectIn(
  strategy: AnyStrategy,
  situation: Situation,
  more: CacheOptions<unknown, unknown> = {},
): Subject {
  const { bounds, start, ttl, weigher, cost, ...same } = situation
  const clock = new TestClock(start)
  const options: CacheOptions<unknown, unknown> = {
    ...same,
    ...(ttl !== undefined && { ttl: ttl === "by value" ? ttlOf : ttl }),
    ...(weigher !== undefined && { weigher: weightOf }),
    ...(cost !== undefined && { cost: costOf }),
    random: () => 0.5,
    clock,
    ...more,
  }
  const cache: TestCache = strategy.neverEvicts
    ? strategy(options)
    : strategy({ ...(bounds as { capacity: number }), ...options })
  return { cache, clock }
}

/** The key that a step is about. */
export function keyOfStep(step: Step): unknown {
  switch (step[0]) {
    case "delete":
    case "get":
    case "getOrInsert":
    case "getOrInsertComputed":
    case "set":
    case "setOn":
      return KEYS[step[1]]
    default:
      return undefined
  }
}

/** Lets it happen; `value` is stored if something is. Returns what the cache returned. */
export function act(
  { cache, clock }: Subject,
  step: Step,
  value: number,
  strategy?: AnyStrategy,
): unknown {
  switch (step[0]) {
    case "setOn":
      return cache.set(KEYS[step[1]], value, step[2])
    case "tick":
      clock.time += step[1]
      return undefined
    case "purge":
      return cache.purgeExpired(step[1])
    case "resize":
      return isBounded(cache) ? cache.resize(step[1]) : undefined
    case "resizeWeight":
      return isBounded(cache) ? cache.resize(cache.capacity, step[1]) : undefined
    case "use":
      return cache.use((others[step[1]] ?? strategy) as AnyStrategy)
    case "reload":
      return cache.load(cache.dump())
    default:
      return perform(cache, step, value)
  }
}

/** Lets one after the other happen; the value stored is the number of the step. */
export function actAll(subject: Subject, steps: readonly Step[]): void {
  steps.forEach((step, value) => {
    act(subject, step, value)
  })
}

/** Whether the cache has a bound, and so can be given another. */
export function isBounded({ capacity, maxWeight }: TestCache): boolean {
  return Math.min(capacity, maxWeight) < Infinity
}
