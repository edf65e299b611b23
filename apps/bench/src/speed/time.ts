import { sample } from "../sampling.ts"
import { createStore, type Implementation, type Store } from "./implementations.ts"
import { type Key, type KeyKind, makeKeys } from "./keys.ts"
import { type WorkloadName, workloads } from "./workloads.ts"

export interface SpeedQuestion {
  implementation: Implementation
  workload: WorkloadName
  keyKind: KeyKind
  capacity: number
}

export interface SpeedAnswer {
  /** Nanoseconds for one operation. */
  ns: number
  /** How many of the keys were there when their turn came, from 0 to 1. */
  hitRatio: number
  consumed: number
}

/** Checks an implementation, then times it under one workload. */
export async function timeStore(question: SpeedQuestion): Promise<SpeedAnswer> {
  const { implementation, workload, keyKind, capacity } = question
  await check(implementation, keyKind, capacity)

  // One cache and one array of keys, each a constant of the code that uses them: so do programs.
  const store = await createStore(implementation, capacity)
  const keys = workloads[workload].keys(keyKind, capacity)
  for (const [i, key] of keys.entries()) store.set(key, i)
  const pass = workloads[workload].pass(store, keys)

  const { ns, consumed } = sample((times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum = (sum + pass()) | 0
    return sum
  })
  return { ns: ns / keys.length, hitRatio: hitRatio(store, keys), consumed }
}

/** Of one more pass. */
function hitRatio(store: Store, keys: readonly Key[]): number {
  let hits = 0
  for (const [i, key] of keys.entries()) {
    if (store.has(key)) hits++
    if (store.get(key) === undefined) store.set(key, i)
  }
  return hits / keys.length
}

/** Throws unless what was set is there, and, where there is a bound, is within it. */
async function check(
  implementation: Implementation,
  keyKind: KeyKind,
  capacity: number,
): Promise<void> {
  const { name, bounded } = implementation
  const store = await createStore(implementation, capacity)
  const keys = makeKeys(keyKind, 3 * capacity)
  const expect = (holds: boolean, what: string) => {
    if (!holds) throw new Error(`${name} with ${keyKind} keys: ${what}`)
  }
  for (const [i, key] of keys.entries()) {
    expect(store.get(key) === undefined, "a key was there before it was set")
    store.set(key, i)
    expect(!bounded || store.size <= capacity, "there were more entries than the capacity")
  }
  const present = keys.filter((key, i) => {
    const value = store.get(key)
    expect(value === undefined || value === i, "a key had the value of another")
    return value !== undefined
  })
  const size = bounded ? capacity : keys.length
  expect(present.length === size, `${present.length} entries were kept instead of ${size}`)
}
