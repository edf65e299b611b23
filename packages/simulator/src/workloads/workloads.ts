import { invalid } from "@evictionary/core"
import { seeded } from "./random.ts"
import { zipfRanks } from "./zipf.ts"

/** What all workloads have in common. */
export interface WorkloadOptions {
  /** How many requests there are. */
  requests: number
  /** The smallest key, 0 by default: workloads with different keys can be mixed. */
  first?: number | undefined
}

/** What those have in common that are random: the same seed gives the same requests. */
export interface RandomWorkloadOptions extends WorkloadOptions {
  /** How many different keys there are. */
  keys: number
  /** An integer, 0 by default. */
  seed?: number | undefined
}

/** Some keys are asked for more than others: the key of rank k in proportion to 1 / k^exponent. */
export function zipf(
  options: RandomWorkloadOptions & { exponent?: number | undefined },
): Iterable<number> {
  const { requests, keys, seed = 0, first = 0, exponent = 1 } = options
  check(requests, first, keys)
  if (!(exponent >= 0 && exponent < Infinity)) {
    throw invalid("INVALID_OPTION", "exponent", "a non-negative number", exponent)
  }
  return requested(requests, () => {
    const rank = zipfRanks(keys, exponent, seeded(seed))
    return () => first + rank() - 1
  })
}

/** All keys are asked for alike, at random. */
export function uniform(options: RandomWorkloadOptions): Iterable<number> {
  const { requests, keys, seed = 0, first = 0 } = options
  check(requests, first, keys)
  return requested(requests, () => {
    const random = seeded(seed)
    return () => first + Math.floor(random() * keys)
  })
}

/** One key after the other, and none twice. */
export function scan(options: WorkloadOptions): Iterable<number> {
  const { requests, first = 0 } = options
  check(requests, first, 1)
  return requested(requests, () => (i) => first + i)
}

/** One key after the other, again and again. */
export function loop(options: WorkloadOptions & { keys: number }): Iterable<number> {
  const { requests, keys, first = 0 } = options
  check(requests, first, keys)
  return requested(requests, () => (i) => first + (i % keys))
}

/** What is asked for most changes: see {@link shiftingHotSet}. */
export interface ShiftingHotSetOptions extends RandomWorkloadOptions {
  /** How many keys are hot at a time. */
  hot: number
  /** The share of requests that are for hot keys, from 0 to 1; 0.9 by default. */
  share?: number | undefined
  /** After how many requests the hot keys are others. */
  every: number
}

/**
 * A few keys are hot: they get nearly all requests, and the others the rest. At times, the keys next
 * to the hot ones become hot in their place.
 */
export function shiftingHotSet(options: ShiftingHotSetOptions): Iterable<number> {
  const { requests, keys, hot, every, share = 0.9, seed = 0, first = 0 } = options
  check(requests, first, keys)
  checkPositive("every", every)
  checkPositive("hot", hot)
  if (hot > keys) throw invalid("INVALID_OPTION", "hot", `at most \`keys\`, ${keys}`, hot)
  if (!(share >= 0 && share <= 1)) {
    throw invalid("INVALID_OPTION", "share", "a number from 0 to 1", share)
  }
  return requested(requests, () => {
    const random = seeded(seed)
    return (i) => {
      const from = hot * Math.floor(i / every)
      const among = random() < share ? hot : keys
      return first + ((from + Math.floor(random() * among)) % keys)
    }
  })
}

/** A workload, and its weight beside the others. */
export interface Part {
  workload: Iterable<number>
  weight?: number | undefined
}

/**
 * Several workloads at once: each request is the next one of a part, drawn in proportion to its
 * weight. It ends when a part that is drawn has no more requests.
 */
export function mixture(
  parts: readonly Part[],
  { seed = 0 }: { seed?: number | undefined } = {},
): Iterable<number> {
  let total = 0
  const workloads: Iterable<number>[] = []
  const ends = parts.map(({ workload, weight = 1 }) => {
    workloads.push(workload)
    if (!(weight >= 0 && weight < Infinity)) {
      throw invalid("INVALID_OPTION", "weight", "a non-negative number", weight)
    }
    total += weight
    return total
  })
  return {
    *[Symbol.iterator]() {
      const random = seeded(seed)
      const iterators = workloads.map((workload) => workload[Symbol.iterator]())
      while (total > 0) {
        const point = random() * total
        const step = iterators[ends.findIndex((end) => point < end)]!.next()
        if (step.done === true) return
        yield step.value
      }
    },
  }
}

/**
 * The arguments of all calls that the recursive `fib(n)` makes without a cache, in their order: what
 * a cache is asked for if it is beside the function and not around it. There are about 1.6 ** n.
 */
export function fibonacci(n: number): Iterable<number> {
  checkPositive("n", n)
  return {
    *[Symbol.iterator]() {
      const calls = [n]
      while (calls.length > 0) {
        const argument = calls.pop()!
        yield argument
        if (argument > 1) calls.push(argument - 2, argument - 1)
      }
    },
  }
}

/** The same requests each time; `begin` makes what tells the key of the request with a number. */
function requested(requests: number, begin: () => (i: number) => number): Iterable<number> {
  return {
    *[Symbol.iterator]() {
      const next = begin()
      for (let i = 0; i < requests; i++) yield next(i)
    },
  }
}

function check(requests: number, first: number, keys: number): void {
  if (requests !== Infinity && !(Number.isSafeInteger(requests) && requests >= 0)) {
    throw invalid("INVALID_OPTION", "requests", "a non-negative integer or Infinity", requests)
  }
  checkPositive("keys", keys)
  if (!Number.isSafeInteger(first)) throw invalid("INVALID_OPTION", "first", "an integer", first)
}

function checkPositive(name: string, value: unknown): void {
  if (!(Number.isSafeInteger(value) && (value as number) > 0)) {
    throw invalid("INVALID_OPTION", name, "a positive integer", value)
  }
}
