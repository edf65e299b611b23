import { fibonacci, loop, scan, shiftingHotSet, uniform, zipf } from "@evictionary/simulator"
import { integer, number, positive } from "../options.ts"

/** What workloads can be told. */
export interface Parameters {
  readonly keys: number
  readonly exponent: number
  readonly hot: number
  readonly share: number
  readonly every: number
  readonly first: number
  readonly n: number
}

interface Parameter {
  readonly meaning: string
  /** Reads the value of what is called `name`. */
  read(name: string): (text: string) => number
  readonly fallback: number
}

export const parameters: Readonly<Record<keyof Parameters, Parameter>> = {
  keys: { meaning: "how many different keys", read: positive, fallback: 10_000 },
  exponent: {
    meaning: "how unlike they are: 0 is uniform",
    read: (name) => number(name, 0, Infinity),
    fallback: 1,
  },
  hot: { meaning: "how many keys are hot at a time", read: positive, fallback: 100 },
  share: {
    meaning: "of the requests, for hot keys",
    read: (name) => number(name, 0, 1),
    fallback: 0.9,
  },
  every: { meaning: "so many requests, others are hot", read: positive, fallback: 10_000 },
  first: { meaning: "the smallest key", read: integer, fallback: 0 },
  n: { meaning: "which Fibonacci number", read: positive, fallback: 20 },
}

/** What every workload is told. */
export interface Drawn {
  readonly requests: number
  readonly seed: number
}

interface Workload {
  readonly meaning: string
  readonly parameters: readonly (keyof Parameters)[]
  make(options: Parameters & Drawn): Iterable<number>
}

/** The workloads that are not made of others, by name. */
export const workloads: Readonly<Record<string, Workload>> = {
  zipf: {
    meaning: "some keys are asked for more than others, by Zipf's law",
    parameters: ["keys", "exponent", "first"],
    make: zipf,
  },
  uniform: {
    meaning: "all keys alike, at random",
    parameters: ["keys", "first"],
    make: uniform,
  },
  scan: {
    meaning: "one key after the other, none twice",
    parameters: ["first"],
    make: scan,
  },
  loop: {
    meaning: "one key after the other, again and again",
    parameters: ["keys", "first"],
    make: loop,
  },
  "hot-set": {
    meaning: "a few keys get nearly all requests, and at times it is others",
    parameters: ["keys", "hot", "share", "every", "first"],
    make: shiftingHotSet,
  },
  fibonacci: {
    meaning: "the calls of the recursive fib(n)",
    parameters: ["n"],
    make: ({ n, requests }) => taken(fibonacci(n), requests),
  },
}

/** The first so many of them. */
export function* taken<T>(items: Iterable<T>, most: number): Generator<T> {
  let left = most
  for (const item of items) {
    if (left-- <= 0) return
    yield item
  }
}
