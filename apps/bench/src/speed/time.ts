import { type Batch, sample } from "../sampling.ts"
import { createStore, type Implementation } from "../stores/implementations.ts"
import type { Key, KeyKind } from "../stores/keys.ts"
import type { Store } from "../stores/rivals.ts"
import { type WorkloadName, workloads } from "./workloads.ts"

export interface SpeedQuestion {
  implementation: Implementation
  workload: WorkloadName
  keys: KeyKind
  capacity: number
  /** What has gone through the same workload in the same process before. */
  warm?: readonly Implementation[]
}

export interface SpeedAnswer {
  /** Nanoseconds for one operation. */
  ns: number
  /** How many of the keys were there when their turn came, from 0 to 1. */
  hitRatio: number
  consumed: number
}

/** Times an implementation under one workload. */
export async function timeStore(question: SpeedQuestion): Promise<SpeedAnswer> {
  const { implementation, workload, keys: keyKind, capacity, warm = [] } = question
  // One cache and one array of keys, each a constant of the code that uses them: so do programs.
  const keys = workloads[workload].keys(keyKind, capacity)
  const ready = async (each: Implementation) => {
    const store = await createStore(each, capacity, keyKind)
    for (const [i, key] of keys.entries()) store.set(key, i)
    return { store, batch: repeat(workloads[workload].pass(store, keys)) }
  }

  for (const each of [...warm, ...warm]) runFor(WARM, (await ready(each)).batch)
  const { store, batch } = await ready(implementation)
  const { ns, consumed } = sample(batch)
  return { ns: ns / keys.length, hitRatio: hitRatio(store, keys, workload), consumed }
}

/** Milliseconds for each of those that warm the code. In their second turn it is compiled for all. */
const WARM = 20

function runFor(milliseconds: number, batch: Batch): void {
  const end = performance.now() + milliseconds
  do batch(1)
  while (performance.now() < end)
}

function repeat(pass: () => number): Batch {
  return (times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum = (sum + pass()) | 0
    return sum
  }
}

/** Of one more pass. */
function hitRatio(store: Store, keys: readonly Key[], workload: WorkloadName): number {
  let hits = 0
  const noted = (key: Key): Key => {
    if (store.has(key)) hits++
    return key
  }
  const watched: Store = {
    get: (key) => store.get(noted(key)),
    set: (key, value) => store.set(noted(key), value),
    has: (key) => store.has(noted(key)),
    delete: (key) => store.delete!(noted(key)),
  }
  workloads[workload].pass(watched, keys)()
  return hits / keys.length
}
