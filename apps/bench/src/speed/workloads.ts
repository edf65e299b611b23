import type { Store } from "./implementations.ts"
import { drawKeys, type Key, type KeyKind, makeKeys, seeded } from "./keys.ts"

/** What to do with a cache, again and again. To add one, add it to {@link workloads}. */
export interface Workload {
  /** What it is, for the legend. */
  meaning: string
  /** Entries have to leave, so that only what is bounded can take part. */
  evicts: boolean
  /** The keys of a pass. They are prepared beforehand, and all of them are set once. */
  keys(kind: KeyKind, capacity: number): Key[]
  /** Goes through the keys once, and returns something that depends on all of it. */
  pass(store: Store, keys: readonly Key[]): () => number
}

/** Operations in a pass: enough for the code around them not to show. */
const LENGTH = 16_384

export const workloadNames = ["hit", "update", "evict", "zipf"] as const
export type WorkloadName = (typeof workloadNames)[number]

export const workloads: Record<WorkloadName, Workload> = {
  hit: {
    meaning: "get of keys that are there, at random",
    evicts: false,
    keys: randomKeys,
    pass: (store, keys) => () => {
      let sum = 0
      for (let i = 0; i < keys.length; i++) sum = (sum + store.get(keys[i]!)!) | 0
      return sum
    },
  },
  update: {
    meaning: "set of keys that are there, at random",
    evicts: false,
    keys: randomKeys,
    pass(store, keys) {
      let passes = 0
      return () => {
        const pass = ++passes
        for (let i = 0; i < keys.length; i++) store.set(keys[i]!, (pass + i) | 0)
        return store.size
      }
    },
  },
  evict: {
    meaning: "set of new keys, so that another leaves each time",
    evicts: true,
    keys: (kind, capacity) => makeKeys(kind, Math.max(LENGTH, 16 * capacity)),
    pass: (store, keys) => () => {
      for (let i = 0; i < keys.length; i++) store.set(keys[i]!, i)
      return store.size
    },
  },
  zipf: {
    meaning: "get, and set on a miss; key space 4 × capacity, exponent 1",
    evicts: true,
    keys: zipfKeys,
    pass: (store, keys) => () => {
      let hits = 0
      for (let i = 0; i < keys.length; i++) {
        if (store.get(keys[i]!) === undefined) store.set(keys[i]!, i)
        else hits++
      }
      return hits
    },
  },
}

/** Each key once, so that setting them all fills the cache; then keys at random. */
function randomKeys(kind: KeyKind, capacity: number): Key[] {
  const random = seeded(2)
  const length = Math.max(LENGTH, 4 * capacity)
  let begun = 0
  return drawKeys(kind, makeKeys(kind, capacity), length, () =>
    begun < capacity ? begun++ : Math.floor(random() * capacity),
  )
}

function zipfKeys(kind: KeyKind, capacity: number): Key[] {
  const random = seeded(3)
  const keys = makeKeys(kind, 4 * capacity)
  const upTo = new Float64Array(keys.length)
  let total = 0
  for (let rank = 0; rank < keys.length; rank++) upTo[rank] = total += 1 / (rank + 1)
  // What is popular has nothing to do with its number.
  const indexOf = shuffled(keys.length, random)
  return drawKeys(kind, keys, Math.max(4 * LENGTH, 16 * capacity), () => {
    return indexOf[position(upTo, random() * total)]!
  })
}

/** The numbers below `length` in a random order (Fisher–Yates). */
function shuffled(length: number, random: () => number): Uint32Array {
  const numbers = Uint32Array.from({ length }, (_, i) => i)
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = numbers[i]!
    numbers[i] = numbers[j]!
    numbers[j] = kept
  }
  return numbers
}

/** The first index whose element is above `value`; the elements ascend. */
function position(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length - 1]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
