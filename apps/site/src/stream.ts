import { fibonacci, type Key, loop, scan, shiftingHotSet, zipf } from "@evictionary/simulator"

/** Where keys come from: typed by hand, or from a workload with so many requests. */
export type Stream =
  | { readonly kind: "typed"; readonly text: string }
  | { readonly kind: WorkloadName; readonly requests: number; readonly seed: number }

/** Requests for few keys, so that one sees them all. */
const KEYS = 12

const WORKLOADS = {
  zipf: (requests: number, seed: number) => zipf({ requests, seed, keys: KEYS }),
  scan: (requests: number) => scan({ requests }),
  loop: (requests: number) => loop({ requests, keys: 6 }),
  "hot-set": (requests: number, seed: number) =>
    shiftingHotSet({ requests, seed, keys: KEYS, hot: 3, every: 20 }),
  fibonacci: (requests: number) => beginning(fibonacci(9), requests),
} as const

export type WorkloadName = keyof typeof WORKLOADS

export const WORKLOAD_NAMES: readonly WorkloadName[] = Object.keys(WORKLOADS) as WorkloadName[]

/** More are not stepped through by anybody. */
export const MOST_REQUESTS = 2_000

/** The keys of a stream, the first one first. */
export function keysOf(stream: Stream): Key[] {
  if (stream.kind === "typed") return typedKeys(stream.text).slice(0, MOST_REQUESTS)
  return [...WORKLOADS[stream.kind](Math.min(stream.requests, MOST_REQUESTS), stream.seed)]
}

/** Words between blanks or commas; without any of these, each letter is a key. */
export function typedKeys(text: string): string[] {
  const trimmed = text.trim()
  return /[\s,]/.test(trimmed) ? trimmed.split(/[\s,]+/).filter(Boolean) : [...trimmed]
}

function* beginning(keys: Iterable<number>, count: number): Generator<number> {
  let left = count
  for (const key of keys) {
    if (left-- <= 0) return
    yield key
  }
}
