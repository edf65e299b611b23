import { setImmediate } from "node:timers/promises"
import { createStore, type Implementation } from "../stores/implementations.ts"
import { type Key, type KeyKind, makeKeys } from "../stores/keys.ts"
import type { Store } from "../stores/rivals.ts"

/** So many times the capacity goes through a cache, so that what it remembers of them is full. */
export const TURNS = 10

/** What all entries have for a value, so that values weigh nothing. */
const VALUE = 1

export interface EntriesWeight {
  /** Bytes for each entry when it has just become full. */
  full: number
  /** The same after many more keys have come and gone; nothing where they do not go. */
  turned?: number
  /** So that the cache is there until it has been weighed. */
  consumed: number | undefined
}

/** Weighs the entries of one cache. The keys are made before, and so not weighed. */
export async function weighEntries(question: {
  implementation: Implementation
  keys: KeyKind
  entries: number
}): Promise<EntriesWeight> {
  const { implementation, entries } = question
  const keys = makeKeys(question.keys, (implementation.bounded ? TURNS : 1) * entries)
  // What the first one leaves behind is compiled code; nothing else of it stays.
  fill(await createStore(implementation, entries), keys, 0, entries)

  const before = await used()
  const store = await createStore(implementation, entries)
  fill(store, keys, 0, entries)
  const full = ((await used()) - before) / entries
  if (!implementation.bounded) return { full, consumed: store.get(keys[0]!) }
  fill(store, keys, entries, keys.length)
  const turned = ((await used()) - before) / entries
  return { full, turned, consumed: store.get(keys.at(-1)!) }
}

/** Every other key is used once more, so that strategies that wait for it remember them all. */
function fill(store: Store, keys: readonly Key[], from: number, to: number): void {
  for (let i = from; i < to; i++) {
    store.set(keys[i]!, VALUE)
    if (i % 2 === 0) store.get(keys[i]!)
  }
}

/** Of small ones so many are made at once, of large ones as many as fit into so many bytes. */
const [MOST, ROOM] = [64, 100e6]

/** Bytes of one cache in which there has been nothing. */
export async function weighEmpty(question: {
  implementation: Implementation
  capacity: number
}): Promise<{ bytes: number; consumed: number }> {
  const { implementation, capacity } = question
  const weigh = async (count: number) => {
    const before = await used()
    const stores: Store[] = []
    for (let i = 0; i < count; i++) stores.push(await createStore(implementation, capacity))
    return { bytes: ((await used()) - before) / count, consumed: stores.length }
  }
  // The first one is weighed with the code that it compiles.
  const { bytes } = await weigh(1)
  return weigh(Math.max(1, Math.min(MOST, Math.floor(ROOM / bytes))))
}

/** Readings differ by some hundred kB; the lowest ones agree. */
const READINGS = 8

/** Bytes in use, once there is nothing left to collect. Typed arrays are part of `external`. */
async function used(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error("Node was started without --expose-gc")
  let lowest = Number.POSITIVE_INFINITY
  for (let i = 0; i < READINGS; i++) {
    globalThis.gc()
    // Buffers are given back in between.
    await setImmediate()
    const { heapUsed, external } = process.memoryUsage()
    lowest = Math.min(lowest, heapUsed + external)
  }
  return lowest
}
