import { seeded } from "../random.ts"
import type { Implementation } from "../stores/implementations.ts"
import { drawKeys, type Key, type KeyKind, makeKeys } from "../stores/keys.ts"
import type { Store } from "../stores/rivals.ts"

/** What to do with a cache, again and again. To add one, add it to {@link workloads}. */
export interface Workload {
  /** What it is, for the legend. */
  meaning: string
  /** Entries have to leave, so that only what is bounded can take part. */
  evicts: boolean
  /** Entries are deleted, so that only what has `delete` can take part. */
  deletes: boolean
  /** The keys of a pass. They are prepared beforehand, and all of them are set once. */
  keys(kind: KeyKind, capacity: number): Key[]
  /** Goes through the keys once, and returns a number for somebody to consume. */
  pass(store: Store, keys: readonly Key[]): () => number
}

/** Operations in a pass: enough for the code around them not to show. */
const LENGTH = 16_384

export const workloadNames = ["hit", "update", "evict", "zipf", "mixed"] as const
export type WorkloadName = (typeof workloadNames)[number]

export const workloads: Record<WorkloadName, Workload> = {
  hit: {
    meaning: "get of keys that are there, at random",
    evicts: false,
    deletes: false,
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
    deletes: false,
    keys: randomKeys,
    pass(store, keys) {
      let passes = 0
      return () => {
        const pass = ++passes
        for (let i = 0; i < keys.length; i++) store.set(keys[i]!, (pass + i) | 0)
        return pass
      }
    },
  },
  evict: {
    meaning: "set of new keys, so that another leaves each time",
    evicts: true,
    deletes: false,
    keys: (kind, capacity) => makeKeys(kind, Math.max(LENGTH, 16 * capacity)),
    pass: (store, keys) => () => {
      for (let i = 0; i < keys.length; i++) store.set(keys[i]!, i)
      return keys.length
    },
  },
  zipf: {
    meaning: "get, and set on a miss; key space 4 × capacity, exponent 1",
    evicts: true,
    deletes: false,
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
  mixed: {
    meaning: "70% get, 20% set, 5% has of keys as in zipf, 5% delete of any key",
    evicts: true,
    deletes: true,
    keys: mixedKeys,
    pass(store, keys) {
      const operations = drawOperations(keys.length)
      return () => {
        let hits = 0
        for (let i = 0; i < keys.length; i++) {
          const key = keys[i]!
          const operation = operations[i]!
          if (operation === GET) hits += store.get(key) === undefined ? 0 : 1
          else if (operation === SET) store.set(key, i)
          else if (operation === HAS) hits += store.has(key) ? 1 : 0
          else store.delete!(key)
        }
        return hits
      }
    },
  },
}

/** Those of the workloads that an implementation can take part in. */
export function suitable(
  names: readonly WorkloadName[],
  { bounded, deletes }: Implementation,
): WorkloadName[] {
  return names.filter((name) => {
    const workload = workloads[name]
    return (bounded || !workload.evicts) && (deletes || !workload.deletes)
  })
}

const [GET, SET, HAS, DELETE] = [0, 1, 2, 3] as const
const MIXTURE = [...Array(14).fill(GET), ...Array(4).fill(SET), HAS, DELETE]

function drawOperations(length: number): Uint8Array {
  const random = seeded(5)
  return Uint8Array.from({ length }, () => MIXTURE[Math.floor(random() * MIXTURE.length)])
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
  const { length, space } = zipfSize(capacity)
  return drawKeys(kind, makeKeys(kind, space), length, zipf(space, seeded(3)))
}

/** To delete what is popular would fill the chains of a `Map` with what has been deleted. */
function mixedKeys(kind: KeyKind, capacity: number): Key[] {
  const { length, space } = zipfSize(capacity)
  const random = seeded(3)
  const popular = zipf(space, random)
  const operations = drawOperations(length).values()
  return drawKeys(kind, makeKeys(kind, space), length, () =>
    operations.next().value === DELETE ? Math.floor(random() * space) : popular(),
  )
}

function zipfSize(capacity: number): { length: number; space: number } {
  return { length: Math.max(4 * LENGTH, 16 * capacity), space: 4 * capacity }
}

/** Draws numbers below `count`, each as often as Zipf's law has it. */
function zipf(count: number, random: () => number): () => number {
  const upTo = new Float64Array(count)
  let total = 0
  for (let rank = 0; rank < count; rank++) upTo[rank] = total += 1 / (rank + 1)
  // What is popular has nothing to do with its number.
  const indexOf = shuffled(count, random)
  return () => indexOf[position(upTo, random() * total)]!
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
