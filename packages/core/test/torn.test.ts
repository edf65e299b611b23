import { defineStrategy, type Slot, type SlotParts } from "@evictionary/core"
import { expect, it } from "vitest"
import { Remembering, remembering } from "./policies.ts"

/** What a policy does next; a test makes it throw. */
let fail: string | undefined

class Failing extends Remembering {
  constructor(capacity: number, slots: SlotParts) {
    super(capacity, slots)
    if (fail === "create") throw new Error("create")
  }

  override onHit(slot: Slot): void {
    this.queue.has(slot)
    if (fail === "onHit") throw new Error(fail)
    super.onHit(slot)
  }

  override evict(incoming: Slot): Slot {
    const victim = super.evict(incoming)
    if (fail === "evict") throw new Error(fail)
    return victim
  }

  override onInsert(slot: Slot): void {
    if (fail === "onInsert") throw new Error(fail)
    super.onInsert(slot)
  }

  override onRemove(slot: Slot): void {
    super.onRemove(slot)
    if (fail === "onRemove") throw new Error(fail)
  }

  override resize(capacity: number): void {
    super.resize(capacity)
    if (fail === "resize") throw new Error(fail)
  }
}

const failing = defineStrategy("failing", ({ capacity, slots }) => new Failing(capacity, slots), {
  promotes: true,
  remembers: true,
})

it("a cache that many overflows have gone through is as it was", () => {
  const cache = remembering<number, number>({ capacity: 50 })
  let next = 1
  function walk(): void {
    next = (next * 1_103_515_245 + 12_345) & 0x7fffffff
    const key = (next >> 8) % 200
    if (cache.get(key) === undefined) cache.set(key, key)
    walk()
  }
  for (let request = 1; request <= 30; request++) {
    expect(walk).toThrow(RangeError)
    expect(cache.set(-request, request).get(-request)).toBe(request)
    expect(cache.coldest(Infinity)).toHaveLength(cache.size)
  }
})

it.each(["onHit", "evict", "onInsert", "onRemove", "resize", "create"])(
  "what a policy throws in %s reaches the caller, and the next operation finds the cache whole",
  (member) => {
    const told: number[] = []
    const cache = failing<number, number>({ capacity: 3, onRemoval: (key) => told.push(key) })
    for (const key of [1, 2, 3]) cache.set(key, key)
    fail = member
    const operations = {
      onHit: () => cache.get(1),
      evict: () => cache.set(4, 4),
      onInsert: () => cache.set(4, 4),
      onRemove: () => cache.delete(1),
      resize: () => cache.resize(2),
      create: () => cache.clear(),
    }
    expect(operations[member as keyof typeof operations]).toThrow(member)
    fail = undefined
    // Removals that are still to be told of are told of by whatever changes the cache next.
    cache.delete(0)
    expect([...cache.keys()].sort()).toEqual([1, 2, 3].filter((key) => !told.includes(key)))
    expect(cache.capacity).toBe(3)
    for (let key = 5; key < 20; key++) cache.set(key, key)
    expect(cache.size).toBe(3)
    expect(cache.stats.inserts - cache.stats.evictions - cache.stats.deletes).toBe(3)
  },
)

it("while the policy always fails, each operation throws, and the bound holds", () => {
  const cache = failing<number, number>({ capacity: 3 })
  for (const key of [1, 2, 3]) cache.set(key, key)
  fail = "onInsert"
  for (let key = 4; key < 10; key++) expect(() => cache.set(key, key)).toThrow("onInsert")
  cache.clear()
  fail = undefined
  expect(cache.size).toBe(0)
  expect(cache.set(1, 1).get(1)).toBe(1)
})

it("a listener that stores without end ends in an error that is seen, and a whole cache", () => {
  const errors: unknown[] = []
  let next = 0
  let isStoring = true
  const cache = remembering<number, number>({
    capacity: 10,
    onRemoval: () => isStoring && cache.set(next++, 0),
    onListenerError: (error) => errors.push(error),
  })
  for (let n = 0; n < 20; n++) cache.set(next++, n)
  expect(errors.length).toBeGreaterThan(0)
  expect(errors[0]).toBeInstanceOf(RangeError)
  expect(cache.coldest(Infinity)).toHaveLength(cache.size)
  expect(cache.size).toBeLessThanOrEqual(10)
  // Whom the stack had no room for was evicted; there is room for as many as ever.
  isStoring = false
  for (let n = 0; n < 10; n++) cache.set(next++, n)
  expect(cache.size).toBe(10)
  expect(cache.coldest(Infinity).map(([, value]) => value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})
