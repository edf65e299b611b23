import { featureFaults } from "../features/examine.ts"
import { createStore, type Implementation } from "./implementations.ts"

/** A cache as a stranger may use it: any key, any value. */
type Examined = Pick<Map<unknown, unknown>, "get" | "set" | "has">

interface Examination {
  /** What an implementation with this fault does, for the legend. */
  meaning: string
  /** Examines a new and empty one with room for {@link CAPACITY}. */
  shows?: (store: Examined) => boolean
  /** It has no bound to hold, so that this does not concern what is unbounded. */
  concernsBound?: true
  /** The job is no smaller for it, so that its times may be compared with those of others. */
  venial?: true
}

const CAPACITY = 10

/** Where an implementation may differ from a `Map`, and from one that is bounded. */
export const faults = {
  merges: {
    meaning: 'takes 1 and "1", true and "true" and the like for the same key',
    shows: (store) => LIKE.some(([one, other]) => merges(store, one, other)),
  },
  objects: {
    meaning: "takes all objects for the same key",
    shows: (store) => merges(store, {}, {}),
  },
  refuses: {
    meaning: "does not take every key: not all of booleans, bigints, symbols, objects, and null",
    shows: (store) => [true, 1n, Symbol("key"), {}, null].some(refusedBy(store)),
  },
  numbers: {
    meaning: "loses fractions, large integers or NaN, or takes 0 and -0 for two keys",
    shows: losesNumbers,
  },
  prototype: {
    meaning: 'has "constructor" or "__proto__" from the start, or cannot store them',
    shows: (store) => ["constructor", "__proto__", "toString"].some((key) => isSpecial(store, key)),
  },
  more: {
    meaning: "holds more entries than its capacity",
    shows: (store) => sizesWhileFilling(store).some((size) => size > CAPACITY),
    concernsBound: true,
  },
  less: {
    meaning: "holds fewer entries than its capacity when more have come",
    shows: (store) => sizesWhileFilling(store).some((size) => size < CAPACITY),
    concernsBound: true,
  },
  overwriting: {
    meaning: "loses an entry when another is overwritten",
    shows: losesByOverwriting,
  },
  undefined: {
    meaning: "does not take undefined as a value, or not as a key",
    venial: true,
    shows(store) {
      store.set("key", undefined)
      return !store.has("key") || refusedBy(store)(undefined)
    },
  },
  ...featureFaults,
} as const satisfies Record<string, Examination>

export type FaultName = keyof typeof faults

/** Examines an implementation, each time a new cache of it. */
export async function findFaults(implementation: Implementation): Promise<FaultName[]> {
  const found: FaultName[] = []
  for (const [name, examination] of Object.entries<Examination>(faults)) {
    const { shows, concernsBound } = examination
    if (shows === undefined || (concernsBound && !implementation.bounded)) continue
    const store = (await createStore(implementation, CAPACITY)) as Examined
    if (showsSafely(shows, store)) found.push(name as FaultName)
  }
  return found
}

/** It does all that the others do, so that it may be said to be faster or slower. */
export function doesTheJob(found: readonly FaultName[]): boolean {
  return found.every((name) => (faults[name] as Examination).venial)
}

/** What throws shows nothing, except that it refuses a key, and that is asked for by itself. */
function showsSafely(shows: (store: Examined) => boolean, store: Examined): boolean {
  try {
    return shows(store)
  } catch {
    return false
  }
}

/** What an object with properties does not tell apart. All in one cache, so each of them once. */
const LIKE = [
  [1, "1"],
  [1.5, "1.5"],
  [true, "true"],
  [null, "null"],
  [undefined, "undefined"],
  [2n, "2"],
] as const

function merges(store: Examined, one: unknown, other: unknown): boolean {
  store.set(one, "one")
  if (store.has(other)) return true
  store.set(other, "other")
  return store.get(one) === "other"
}

function refusedBy(store: Examined): (key: unknown) => boolean {
  return (key) => {
    try {
      store.set(key, 1)
      return store.get(key) !== 1
    } catch {
      return true
    }
  }
}

function losesNumbers(store: Examined): boolean {
  const numbers = [0, 0.5, -1, 2 ** 31, 2 ** 32 + 1, 2 ** 53 - 1, Number.NaN]
  for (const [i, key] of numbers.entries()) store.set(key, i)
  return numbers.some((key, i) => store.get(key) !== i) || store.get(-0) !== 0
}

function isSpecial(store: Examined, key: string): boolean {
  if (store.has(key) || store.get(key) !== undefined) return true
  store.set(key, 1)
  return store.get(key) !== 1
}

/** How many entries there are from the moment when it is full, while ten times as many come. */
function sizesWhileFilling(store: Examined): number[] {
  const sizes: number[] = []
  for (let key = 0; key < 10 * CAPACITY; key++) {
    store.set(key, key)
    if (key + 1 >= CAPACITY) sizes.push(countUpTo(store, key))
    store.get(Math.floor(key / 2))
  }
  return sizes
}

/** The newest first, so that what would be evicted is another one. */
function losesByOverwriting(store: Examined): boolean {
  for (let key = 0; key < CAPACITY; key++) store.set(key, 1)
  for (let key = CAPACITY - 1; key >= 0; key--) {
    store.set(key, 2)
    if (countUpTo(store, CAPACITY - 1) < CAPACITY) return true
  }
  return false
}

/** How many of the keys from 0 to `last` are there. `size` need not be the truth. */
function countUpTo(store: Examined, last: number): number {
  let count = 0
  for (let key = 0; key <= last; key++) if (store.has(key)) count++
  return count
}
