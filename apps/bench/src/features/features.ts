import type { Store } from "../stores/rivals.ts"

/** What a cache can be made with beside a capacity. */
export const featureNames = [
  "ttl",
  "idle",
  "weight",
  "listener",
  "observer",
  "stats",
  "together",
] as const
export type FeatureName = (typeof featureNames)[number]

export const featureMeanings: Record<FeatureName, string> = {
  ttl: "entries expire an hour after they were stored, so none does meanwhile",
  idle: "entries expire an hour after the last hit, so none does meanwhile",
  weight: "a function weighs each entry, 1 each, and the weight is bounded as the number is",
  listener: "a function is told of each entry that leaves, or is overwritten",
  observer: "functions are told of each hit and each miss",
  stats: "hits and misses are counted; ours always do",
  together: "all of these in one cache, or as many of them as it has",
}

/** What a cache with a feature is made of. */
export interface Terms {
  capacity: number
  /** Milliseconds. */
  ttl: number
  weigh(value: number): number
  witness: Witness
}

/** What functions were told: changed by each, so that no call can be left out. */
export interface Witness {
  /** By an observer. */
  hits: number
  misses: number
  /** By a listener: how many entries have left. */
  left: number
  /** Of the values of those that have left. */
  sum: number
}

/** A cache with a feature. */
export interface Featured {
  store: Store
  /** What it has counted, if it counts. */
  counts?: () => { hits: number; misses: number }
}

const HOUR = 3_600_000

/** Those that are measured. */
export function usualTerms(capacity: number): Terms {
  return { capacity, ttl: HOUR, weigh: () => 1, witness: newWitness() }
}

export function newWitness(): Witness {
  return { hits: 0, misses: 0, left: 0, sum: 0 }
}

/** A listener is told that an entry with this value has left. */
export function leave(witness: Witness, value: number): void {
  witness.left++
  witness.sum = (witness.sum + value) | 0
}
