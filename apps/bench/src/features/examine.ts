import { setTimeout } from "node:timers/promises"
import type { Key } from "../stores/keys.ts"
import { type Featured, type FeatureName, newWitness, type Terms } from "./features.ts"

/** What is found of a feature: why it is not to be measured, or what it does otherwise. */
export interface FeatureExamination {
  wrong?: string
  faults: FeatureFault[]
}

export const featureFaults = {
  late: {
    meaning:
      "gives a value after its end for as long as the program does not wait: its clock, or its " +
      "timer, goes on only then",
    venial: true,
  },
  heavier: { meaning: "is heavier than its bound allows, at least for a while" },
  partly: { meaning: "tells of evictions only, not of what is overwritten or deleted" },
} as const

export type FeatureFault = keyof typeof featureFaults

type Create = (terms: Terms) => Promise<Featured>
type Examine = (create: Create) => Promise<FeatureExamination>

/** Examines a feature, each time with a new cache. */
export async function examineFeature(
  feature: FeatureName,
  create: Create,
): Promise<FeatureExamination> {
  const all: FeatureExamination = { faults: [] }
  for (const examine of EXAMINATIONS[feature]) {
    const { wrong, faults } = await examine(create)
    if (wrong !== undefined) all.wrong ??= wrong
    all.faults.push(...faults.filter((fault) => !all.faults.includes(fault)))
  }
  return all
}

const EXAMINATIONS: Record<FeatureName, readonly Examine[]> = {
  ttl: [examineTtl],
  idle: [examineIdle, examineTtl],
  weight: [examineWeight],
  listener: [examineListener],
  observer: [examineObserver],
  stats: [examineStats],
  together: [examineTtl, examineWeight, examineListener],
}

const CAPACITY = 10

function terms(changes: Partial<Terms> = {}): Terms {
  return { capacity: CAPACITY, ttl: 1_000, weigh: () => 1, witness: newWitness(), ...changes }
}

const NOTHING: FeatureExamination = { faults: [] }

const found = (wrong: string): FeatureExamination => ({ wrong, faults: [] })

/** Times to live, in milliseconds. A longer one is tried where the machine was too slow. */
const TRIES = [10, 20, 40, 80, 160, 320, 640, 1_280, 2_560]

async function examineTtl(create: Create): Promise<FeatureExamination> {
  for (const ttl of TRIES) {
    const { store } = await create(terms({ ttl }))
    const start = performance.now()
    store.set("key", 1)
    const there = store.get("key") === 1
    if (performance.now() - start >= ttl / 2) continue
    if (!there) return found("an entry was not there before its end")
    while (performance.now() - start < 1.5 * ttl);
    const late = store.get("key") !== undefined
    // Long enough for those that count in seconds.
    await setTimeout(1_100)
    if (store.get("key") !== undefined) return found("an entry was there after its end")
    return { faults: late ? ["late"] : [] }
  }
  return found("the machine is too slow to see when an entry ends")
}

async function examineIdle(create: Create): Promise<FeatureExamination> {
  for (const ttl of TRIES) {
    const { store } = await create(terms({ ttl }))
    let last = performance.now()
    let longest = 0
    const hit = () => {
      const there = store.get("key") === 1
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
      return there
    }
    store.set("key", 1)
    let there = true
    for (let i = 0; i < 4; i++) {
      await setTimeout(ttl / 2)
      there &&= hit()
    }
    if (longest >= 0.7 * ttl) continue
    return there ? NOTHING : found("an entry that was used ended")
  }
  return found("the machine is too slow to see that an entry does not end")
}

/** Each entry weighs what its value is, and there is room for 10. */
async function examineWeight(create: Create): Promise<FeatureExamination> {
  const { store } = await create(terms({ weigh: (value) => value }))
  const values = [6, 6, 3, 5, 1, 9, 2, 2, 2, 4]
  for (const [i, value] of values.entries()) {
    store.set(`key ${i}`, value)
    await setTimeout(1)
    const weights = values.map((_, j) => store.get(`key ${j}`) ?? 0)
    const weight = weights.reduce((sum, each) => sum + each)
    if (weight > CAPACITY) return { faults: ["heavier"] }
    if (weight === 0) return found("nothing was there")
  }
  return NOTHING
}

async function examineListener(create: Create): Promise<FeatureExamination> {
  const { witness } = terms()
  const { store } = await create(terms({ witness }))
  const keys: Key[] = Array.from({ length: 30 }, (_, i) => `key ${i}`)
  for (const key of keys.slice(0, 8)) store.set(key, 1)
  store.set(keys[1]!, 100)
  store.delete?.(keys[2]!)
  for (const key of keys.slice(8)) store.set(key, 1)
  // Some tell only later.
  await setTimeout(50)
  const present = keys.filter((key) => store.has(key))
  const evicted = keys.length - 1 - present.length
  if (witness.left === evicted + 2) return NOTHING
  return Math.abs(witness.left - evicted) <= 1
    ? { faults: ["partly"] }
    : found(`${witness.left} removals were told of, ${evicted + 2} happened`)
}

/** Twice a key is found, and three times one is not. */
function lookUp({ store }: Featured): void {
  store.set("there", 1)
  for (const key of ["there", "not", "there", "neither", "nor"]) store.get(key)
}

async function examineObserver(create: Create): Promise<FeatureExamination> {
  const { witness } = terms()
  lookUp(await create(terms({ witness })))
  return verdict(witness)
}

async function examineStats(create: Create): Promise<FeatureExamination> {
  const featured = await create(terms())
  lookUp(featured)
  return verdict(featured.counts!())
}

function verdict({ hits, misses }: { hits: number; misses: number }): FeatureExamination {
  if (hits === 2 && misses === 3) return NOTHING
  return found(`2 hits and 3 misses were counted as ${hits} and ${misses}`)
}
