import fc from "fast-check"
import { ensure, forAll, forSome, type Law, same } from "../law.ts"
import { capacities, type Operation, operations, used } from "../operations.ts"
import { replay } from "../replay.ts"
import { type AnyStrategy, cacheOf } from "../subject.ts"
import { weighs, weighsNot } from "./weighing.ts"

const chapter = "Capabilities"

/** A capacity, and requests for keys: few keys, so that they leave and come back. */
const traffic: fc.Arbitrary<[number, number[]]> = fc
  .integer({ min: 1, max: 12 })
  .chain((capacity) =>
    fc.tuple(
      fc.constant(capacity),
      fc.array(fc.nat(2 * capacity), { minLength: 20, maxLength: 300, size: "max" }),
    ),
  )

/** Hits and misses, when a key that comes back after it has left is another key to the cache. */
function replayAsNew(strategy: AnyStrategy, capacity: number, requests: number[]): string {
  const generations = new Map<unknown, number>()
  const cache = cacheOf(strategy, capacity, {
    onRemoval(name) {
      const [key, generation] = String(name).split("#")
      generations.set(Number(key), Number(generation) + 1)
    },
  })
  let outcome = ""
  for (const key of requests) {
    const name = `${key}#${generations.get(key) ?? 0}`
    outcome += replay(cache, [name])
  }
  return outcome
}

function faresAsNew(strategy: AnyStrategy, [capacity, requests]: [number, number[]]): boolean {
  const named = requests.map((key) => `${key}#0`)
  return replay(cacheOf(strategy, capacity), named) === replayAsNew(strategy, capacity, requests)
}

/** Who leaves, when each request stores its key unless it is there, and perhaps reads another. */
function victims(
  strategy: AnyStrategy,
  capacity: number,
  requests: readonly number[],
  reads: readonly number[],
): unknown[] {
  const left: unknown[] = []
  const cache = cacheOf(strategy, capacity, { onRemoval: (key) => left.push(key) })
  requests.forEach((key, index) => {
    if (!cache.has(key)) cache.set(key, index)
    const read = reads[index % (reads.length + 1)]
    if (read !== undefined && cache.has(read)) cache.get(read)
  })
  return left
}

const reads = fc.array(fc.nat(24), { minLength: 1, maxLength: 50 })

export const promotes: Law = {
  chapter,
  title: "hits change who leaves",
  check: (strategy) =>
    forSome(
      fc.tuple(traffic, reads),
      ([[capacity, requests], keys]) =>
        String(victims(strategy, capacity, requests, keys)) !==
        String(victims(strategy, capacity, requests, [])),
      "hits changed nothing in any of 300 examples",
    ),
}

export const promotesNot: Law = {
  chapter,
  title: "hits do not change who leaves",
  check: (strategy) =>
    forAll(fc.tuple(traffic, reads), ([[capacity, requests], keys]) =>
      same(
        victims(strategy, capacity, requests, keys),
        victims(strategy, capacity, requests, []),
        "victims",
      ),
    ),
}

export const remembers: Law = {
  chapter,
  title: "a key that comes back may fare otherwise than a new one",
  check: (strategy) =>
    forSome(
      traffic,
      (example) => !faresAsNew(strategy, example),
      "keys fared as new ones in all of 300 examples",
    ),
}

export const forgets: Law = {
  chapter,
  title: "a key that comes back fares as a new one",
  check: (strategy) =>
    forAll(traffic, (example) =>
      ensure(faresAsNew(strategy, example), "hits and misses differ from those with new keys"),
    ),
}

/** The share of what is read again and again that is still there after a scan, from 0 to 1. */
function survivors(strategy: AnyStrategy): number {
  const capacity = 100
  const cache = cacheOf(strategy, capacity)
  const inUse = Array.from({ length: capacity / 4 }, (_, n) => `in use ${n}`)
  let seen = 0
  const scan = (length: number) =>
    replay(
      cache,
      Array.from({ length }, () => `new ${seen++}`),
    )
  for (let round = 0; round < 40; round++) {
    replay(cache, inUse)
    scan(30)
  }
  scan(3 * capacity)
  return inUse.filter((key) => cache.has(key)).length / inUse.length
}

export const scanResistant: Law = {
  chapter,
  title: "reading many new keys once leaves at least half of what is in use",
  check: (strategy) => ensure(survivors(strategy) >= 0.5, `${survivors(strategy)} of it was left`),
}

export const flushedByScans: Law = {
  chapter,
  title: "reading many new keys once leaves less than half of what was in use",
  check: (strategy) => ensure(survivors(strategy) < 0.5, `${survivors(strategy)} of it was left`),
}

const past = fc.tuple(capacities, operations)

/** The entries of a used cache, and those of one in which they were stored in that order. */
function copied(strategy: AnyStrategy, [capacity, steps]: [number, readonly Operation[]]) {
  const cache = used(strategy, capacity, steps)
  const copy = cacheOf(strategy, capacity)
  for (const [key, value] of cache) copy.set(key, value)
  return { original: [...cache], copy: [...copy] }
}

export const keepsOrder: Law = {
  chapter,
  title: "storing entries in the order of iteration rebuilds the order",
  check: (strategy) =>
    forAll(past, (example) => {
      const { original, copy } = copied(strategy, example)
      same(copy, original, "entries")
    }),
}

export const rearranges: Law = {
  chapter,
  title: "storing entries in the order of iteration may give another order",
  check: (strategy) =>
    forSome(
      past,
      (example) => {
        const { original, copy } = copied(strategy, example)
        return original.some(([key], place) => !Object.is(key, copy[place]?.[0]))
      },
      "the order was the same in all of 300 examples",
    ),
}

/** Of each pair of opposites, the law that the strategy has to keep by what it says of itself. */
export function capabilitiesOf(strategy: AnyStrategy): readonly Law[] {
  return [
    strategy.promotes ? promotes : promotesNot,
    strategy.remembers ? remembers : forgets,
    strategy.scanResistant ? scanResistant : flushedByScans,
    strategy.rearranges ? rearranges : keepsOrder,
    strategy.weighs ? weighs : weighsNot,
  ]
}
