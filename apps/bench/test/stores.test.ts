import { describe, expect, it } from "vitest"
import { same } from "../../../scripts/same.ts"
import type { FeatureFault } from "../src/features/examine.ts"
import { seeded } from "../src/random.ts"
import { examineStore, SLOW } from "../src/stores/examine.ts"
import { doesTheJob, type FaultName, faults, findFaults } from "../src/stores/faults.ts"
import { Floor } from "../src/stores/floor.ts"
import { createStore, type Implementation, implementations } from "../src/stores/implementations.ts"
import { freshString, keyKinds, makeKeys } from "../src/stores/keys.ts"
import { rivals } from "../src/stores/rivals.ts"
import { strategies } from "./host.ts"

const everybody = implementations(
  strategies,
  rivals.map(({ name }) => name),
)
const rival = (wanted: string) => everybody.find(({ name }) => name === wanted)!

it.each(keyKinds)("keys of kind %s are distinct, and the same each time", (kind) => {
  const keys = makeKeys(kind, 1_000)
  expect(new Set(keys).size).toBe(1_000)
  expect(keys).toEqual(makeKeys(kind, 1_000))
})

it("a fresh string is found under the equal one that was stored", async () => {
  const store = await createStore(rival("Map"), 10, "fresh string")
  const [key] = makeKeys("fresh string", 1)
  store.set(key!, 7)
  expect([store.get(key!), store.has(key!)]).toEqual([7, true])
  const [string] = makeKeys("string", 1)
  expect(freshString(key!)).toBe(string)
  store.delete!(key!)
  expect(store.has(key!)).toBe(false)
})

describe.each(everybody)("$name", (implementation) => {
  it("keeps what was set, and deletes if it says so", async () => {
    const store = await createStore(implementation, 10)
    store.set("key", 1)
    expect([store.get("key"), store.has("key"), store.has("other")]).toEqual([1, true, false])
    expect(store.get("other")).toBeUndefined()
    expect(store.delete !== undefined).toBe(implementation.deletes)
    store.delete?.("key")
    expect(store.has("key")).toBe(!implementation.deletes)
  })

  it("gets integers and strings right", async () => {
    const settings = (["int32", "string", "fresh string"] as const).map((keys) => {
      return { keys, capacity: 100 }
    })
    expect((await examineStore({ implementation, settings })).wrong).toEqual([])
  })
})

it("ours, Map and the floors have no fault", async () => {
  for (const implementation of everybody) {
    if (implementation.strategy === undefined && !/^Map|^floor/.test(implementation.name)) continue
    expect([implementation.name, await findFaults(implementation)]).toEqual([
      implementation.name,
      [],
    ])
  }
})

it("a floor forgets values first in, first out, however many keys it remembers", async () => {
  const random = seeded(1)
  for (const remembered of [0, 1, 3]) {
    const floor = new Floor(3, remembered)
    let held = new Map<number, number>()
    for (let step = 0; step < 2_000; step++) {
      const key = Math.floor(random() * 8)
      floor.set(key, step)
      if (held.has(key)) held.set(key, step)
      else held = new Map([...held, [key, step] as const].slice(-3))
      for (let other = 0; other < 8; other++) {
        same(floor.get(other), held.get(other), `get of ${other} at step ${step}`)
        same(floor.has(other), held.has(other), `has of ${other} at step ${step}`)
      }
    }
  }
})

it("a rival with properties for entries gets objects wrong", async () => {
  const settings = [{ keys: "object", capacity: 10 } as const]
  const { wrong } = await examineStore({ implementation: rival("tiny-lru"), settings })
  expect(wrong).toEqual([{ ...settings[0], because: "a key was there before it was set" }])
})

it("who takes too long is given up", async () => {
  const settings = [{ keys: "int32", capacity: 10 }] as const
  const { wrong } = await examineStore({
    implementation: rival("lru-cache"),
    settings,
    patience: -1,
  })
  expect(wrong).toEqual([{ ...settings[0], because: SLOW }])
})

it("a rival that refuses keys gets them wrong", async () => {
  const settings = [{ keys: "object", capacity: 10 } as const]
  const { wrong } = await examineStore({ implementation: rival("transitory"), settings })
  expect(wrong).toMatchObject([{ because: expect.stringMatching(/^it threw: /) }])
})

it("only a fault that makes the job smaller puts a rival out of the contest", () => {
  expect(doesTheJob([])).toBe(true)
  expect(doesTheJob(["undefined"])).toBe(true)
  expect(doesTheJob(["undefined", "more"])).toBe(false)
})

/** A bounded cache (first in, first out) without a fault; then one with each of them. */
const members: Record<Exclude<FaultName, FeatureFault> | "none", string> = {
  none: "",
  merges: "key = (key) => (key === null || typeof key !== 'object' ? String(key) : key)",
  objects: "key = (key) => (key !== null && typeof key === 'object' ? 'object' : key)",
  refuses: "key = (key) => { if (typeof key === 'symbol') throw new TypeError(); return key }",
  numbers: "key = (key) => (typeof key === 'number' ? key | 0 : key)",
  prototype: "has(key) { return key in {} || super.has(key) }",
  more: "capacity = super.capacity + 1",
  less: "capacity = super.capacity - 1",
  overwriting: "makesRoom() { return this.size >= this.capacity }",
  undefined: "has(key) { return this.get(key) !== undefined }",
}

function withFault(own: string): Implementation {
  const source = `
    class Fifo {
      map = new Map()
      key = (key) => key
      constructor(capacity) { this.bound = capacity }
      get capacity() { return this.bound }
      get size() { return this.map.size }
      get(key) { return this.map.get(this.key(key)) }
      has(key) { return this.map.has(this.key(key)) }
      makesRoom(key) { return !this.has(key) && this.size >= this.capacity }
      set(key, value) {
        if (this.makesRoom(key)) this.map.delete(this.map.keys().next().value)
        this.map.set(this.key(key), value)
      }
    }
    class Own extends Fifo { ${own.replace(/^capacity = (.*)$/, "get capacity() { return $1 }")} }
    export const made = ({ capacity }) => new Own(capacity)`
  return {
    name: "made",
    bounded: true,
    deletes: false,
    strategy: {
      strategyName: "made",
      neverEvicts: false,
      module: `data:text/javascript,${encodeURIComponent(source)}`,
      exportName: "made",
    },
  }
}

it("a cache without a fault is found to have none", async () => {
  expect(await findFaults(withFault(members.none))).toEqual([])
})

const shown = Object.keys(members).filter((name) => name in faults) as (keyof typeof members)[]

it("there is a cache with each fault that is looked for in all", () => {
  const looked = Object.entries(faults).filter(([, fault]) => "shows" in fault)
  expect(shown).toEqual(looked.map(([name]) => name))
})

it.each(shown)("the fault %s is found", async (fault) => {
  expect(await findFaults(withFault(members[fault]))).toContain(fault)
})
