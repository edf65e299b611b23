import { defineStrategy, type Slot } from "@evictionary/core"
import { expect, it } from "vitest"
import { same } from "../../../scripts/same.ts"
import { Remembering, remembering } from "./policies.ts"

/** Capacity 2: `a` has been evicted, and is remembered. */
function withGhost() {
  const cache = remembering<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).set("c", 3)
  return cache
}

it("a ghost is no entry", () => {
  const cache = withGhost()
  expect(cache.size).toBe(2)
  expect(cache.has("a")).toBe(false)
  expect(cache.peek("a")).toBeUndefined()
  expect(cache.get("a")).toBeUndefined()
  expect(cache.delete("a")).toBe(false)
  expect(cache.knows("a")).toBe(true)
  expect([...cache.keys()]).toEqual(["b", "c"])
  expect(cache.stats.misses).toBe(1)
})

it("a key that comes back is known to the policy, and has its new value", () => {
  const cache = withGhost()
  cache.set("a", 10)
  expect([...cache]).toEqual([
    ["c", 3],
    ["a", 10],
  ])
  cache.set("d", 4).set("e", 5)
  expect([...cache.keys()]).toEqual(["e", "a"])
})

it("every way of storing brings a ghost back", () => {
  for (const store of [
    (cache: ReturnType<typeof withGhost>) => cache.set("a", 10),
    (cache: ReturnType<typeof withGhost>) => cache.getOrInsert("a", 10),
    (cache: ReturnType<typeof withGhost>) => cache.getOrInsertComputed("a", () => 10),
  ]) {
    const cache = withGhost()
    store(cache)
    expect(cache.hottest(1)).toEqual([["a", 10]])
    expect(cache.size).toBe(2)
  }
})

it("a ghost comes back while there is room, too", () => {
  const cache = withGhost()
  cache.delete("b")
  cache.set("a", 10)
  expect([...cache.keys()]).toEqual(["c", "a"])
})

it("a stored undefined is not taken for a ghost", () => {
  const cache = remembering<string, undefined>({ capacity: 1 })
  cache.set("a", undefined)
  expect(cache.has("a")).toBe(true)
  cache.set("b", undefined)
  expect([cache.has("a"), cache.has("b")]).toEqual([false, true])
})

it("what the policy forgets comes back as a stranger", () => {
  const cache = withGhost()
  cache.set("d", 4).set("e", 5)
  cache.set("a", 10)
  expect([...cache.keys()]).toEqual(["e", "a"])
  cache.set("f", 6).set("g", 7)
  expect([...cache.keys()]).toEqual(["f", "g"])
})

it("a cleared cache remembers nobody", () => {
  const cache = withGhost()
  cache.clear()
  cache.set("a", 1).set("b", 2).set("c", 3)
  expect([...cache.keys()]).toEqual(["b", "c"])
})

it("long use with ghosts keeps as many ghosts as the policy says, and no more", () => {
  const cache = remembering<number, number>({ capacity: 8 })
  let seed = 1
  for (let step = 0; step < 20_000; step++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    const key = (seed >>> 16) % 40
    if (cache.get(key) === undefined) cache.set(key, key)
    if (step % 7 === 0) cache.delete((key * 3) % 40)
    if (step % 101 === 0) cache.resize(1 + (step % 9))
    if (!(cache.size <= cache.capacity)) expect.fail(`${cache.size} entries at step ${step}`)
  }
  for (const [key, value] of cache) expect(value).toBe(key)
})

it("a policy may keep ghosts and no other list", () => {
  const cache = defineStrategy("set", ({ slots }) => {
    const ghosts = slots.ghosts()
    const resident = new Set<Slot>()
    return {
      onHit() {},
      evict() {
        const [victim = 0] = resident
        resident.delete(victim)
        ghosts.addYoungest(victim)
        return victim
      },
      onInsert(slot) {
        if (ghosts.has(slot)) ghosts.remove(slot)
        resident.add(slot)
      },
      onRemove: (slot) => resident.delete(slot),
      resize() {},
      [Symbol.iterator]: () => resident.values(),
    }
  })<string, number>({ capacity: 2 })
  cache.set("a", 1).set("b", 2).set("c", 3).set("a", 4).set("d", 5)
  expect([...cache]).toEqual([
    ["a", 4],
    ["d", 5],
  ])
  expect(cache.has("c")).toBe(false)
})

it("a policy may forget the victim before it returns it", () => {
  const forgetful = defineStrategy("forgetful", ({ slots }) => new Remembering(0, slots))
  const cache = forgetful<number, number>({ capacity: 3 })
  for (let n = 0; n < 100; n++) cache.set(n % 7, n)
  expect([...cache]).toEqual([...new Map(cache)])
  expect(cache.size).toBe(3)
  cache.resize(1)
  expect([...cache.values()]).toEqual([99])
})

it("a policy may forget ghosts when an entry is deleted or expires", () => {
  class Pruning extends Remembering {
    override onRemove(slot: Slot): void {
      super.onRemove(slot)
      while (this.ghosts.size > 0) this.ghosts.forget(this.ghosts.oldest)
    }
  }
  const pruning = defineStrategy("pruning", ({ slots, capacity }) => new Pruning(capacity, slots))
  let now = 0
  const cache = pruning<number, number>({ capacity: 3, clock: { now: () => now } })
  for (let n = 0; n < 500; n++) {
    // The key is a ghost, and the cache is full of others, one of which has expired.
    cache.set(n % 7, n, n % 3 === 0 ? { ttl: 2 } : {})
    now++
    same(cache.peek(n % 7), n)
    const { size } = new Set(cache.keys())
    if (!(size <= 3)) expect.fail(`${size} keys after ${n}`)
  }
  cache.use(remembering)
  expect(new Map(cache).size).toBeLessThanOrEqual(3)
})
