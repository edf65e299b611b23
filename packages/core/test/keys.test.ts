import { type Cache, Placed } from "@evictionary/core"
import { afterEach, expect, it, vi } from "vitest"
import { same } from "../../../scripts/same.ts"
import { recency, remembering } from "./policies.ts"

afterEach(() => {
  vi.restoreAllMocks()
})

/** The number that the golden ratio's multiplier turns into 1, modulo 2^32. */
const INVERSE_OF_GOLDEN = 0xe8b2f51

function sets(): Record<string, number[]> {
  const count = 5_000
  return {
    "in sequence": Array.from({ length: count }, (_, n) => n),
    "in sequence below zero": Array.from({ length: count }, (_, n) => -n),
    "multiples of the table size": Array.from({ length: count }, (_, n) => (n << 16) | 0),
    "multiples of the hash constant's inverse": Array.from({ length: count }, (_, n) =>
      Math.imul(n, INVERSE_OF_GOLDEN),
    ),
    "spread by the hash constant": Array.from({ length: count }, (_, n) =>
      Math.imul(n, 0x9e3779b1),
    ),
  }
}

/** Stores, reads, overwrites, evicts and deletes, side by side with a Map. */
function exercise(keys: readonly number[]): void {
  const cache = recency<number, number>({ capacity: 3_000 })
  const model = new Map<number, number>()
  keys.forEach((key, n) => {
    const victim = cache.size === cache.capacity ? cache.coldest(1)[0]?.[0] : undefined
    if (!model.has(key) && victim !== undefined) model.delete(victim)
    cache.set(key, n)
    model.delete(key)
    model.set(key, n)
    const other = keys[(n * 7) % keys.length] as number
    if (cache.has(other) !== model.has(other)) expect.fail(`${other} is in one of the two`)
    if (n % 5 === 0 && cache.delete(other) !== model.delete(other)) expect.fail(`${other} stays`)
  })
  expect([...cache]).toEqual([...model])
}

it.each(Object.entries(sets()))("integer keys %s are found, evicted and deleted", (_name, keys) => {
  exercise(keys)
})

it("integers that collide under every hash go on working", () => {
  // Every new multiplier is the old one.
  const random = vi.spyOn(Math, "random").mockReturnValue(0x9e3779b1 / 2 ** 32)
  for (const keys of Object.values(sets())) exercise(keys)
  expect(random).toHaveBeenCalled()
})

it("searching for keys that collide but are absent finds none", () => {
  const cache = recency<number, string>({ capacity: 10_000 })
  const keys = sets()["multiples of the hash constant's inverse"] as number[]
  for (const key of keys.slice(0, 60)) cache.set(key, "present")
  expect(keys.slice(60).filter((key) => cache.has(key))).toEqual([])
  for (const key of keys.slice(0, 60)) expect(cache.get(key)).toBe("present")
})

it("keys of all kinds take each other's places", () => {
  const cache = recency<unknown, number>({ capacity: 50 })
  const kinds = [(n: number) => n, (n: number) => `${n}`, (n: number) => n + 0.5, BigInt]
  for (let n = 0; n < 2_000; n++) cache.set(kinds[(n * 7) % 4]?.(n), n)
  const expected = Array.from({ length: 50 }, (_, n) => kinds[((n + 1_950) * 7) % 4]?.(n + 1_950))
  expect([...cache.keys()]).toEqual(expected)
  for (const key of expected) expect(cache.delete(key)).toBe(true)
  expect(cache.size).toBe(0)
})

it("a key that remembers its place may be in several caches, and leave some of them", () => {
  class Name extends Placed {}
  const names = Array.from({ length: 40 }, () => new Name())
  const caches = [recency, remembering, recency].map((make, i) =>
    make<unknown, number>({ capacity: 10 + 10 * i }),
  )
  const models = caches.map(() => new Map<unknown, number>())
  let seed = 7
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return (seed >> 8) % below
  }
  for (let n = 0; n < 5_000; n++) {
    const at = random(caches.length)
    const [cache, model, name] = [caches[at]!, models[at]!, names[random(names.length)]!]
    const act = random(8)
    if (act < 4) {
      cache.set(name, n)
      model.set(name, n)
    } else if (act < 6) {
      cache.delete(name)
      model.delete(name)
    } else if (n % 50 === 0) {
      cache.use(n % 100 === 0 ? remembering : recency)
    }
    for (const key of model.keys()) if (!cache.has(key)) model.delete(key)
    const entries = new Map(cache)
    same(entries.size, model.size, `entries in iteration, in cache ${at} at step ${n}`)
    for (const [number, key] of names.entries()) {
      same(entries.get(key), model.get(key), `name ${number} in iteration, at step ${n}`)
      same(cache.peek(key), model.get(key), `name ${number}, at step ${n}`)
    }
  }
})

it("a string that was looked for in vain is there when it has come, the empty one too", () => {
  const words = ["", "a", "b", "c", "d"]
  const looks: ((cache: Cache<string, number>, word: string) => unknown)[] = [
    (cache, word) => cache.get(word),
    (cache, word) => cache.has(word) || undefined,
    (cache, word) => cache.peek(word),
    (cache, word) => cache.delete(word) || undefined,
  ]
  const changes: ((cache: Cache<string, number>, word: string) => unknown)[] = [
    (cache, word) => cache.set(word, 1),
    (cache, word) => cache.getOrInsert(word, 1),
    (cache, word) => cache.load({ version: 1, entries: [{ key: word, value: 1 }] }),
  ]
  const between: ((cache: Cache<string, number>) => unknown)[] = [
    () => {},
    (cache) => cache.set("other", 2),
    (cache) => cache.get("nowhere"),
    (cache) => cache.clear(),
    (cache) => cache.use(remembering),
  ]
  for (const look of looks) {
    for (const change of changes) {
      for (const happen of between) {
        for (const word of words) {
          const cache = recency<string, number>({ capacity: 3 })
          expect(look(cache, word)).toBeUndefined()
          happen(cache)
          change(cache, word)
          expect(cache.set(word, 3).get(word)).toBe(3)
          expect([...cache.keys()].filter((key) => key === word)).toHaveLength(1)
          expect(cache.delete(word)).toBe(true)
          expect(cache.set(word, 4).peek(word)).toBe(4)
        }
      }
    }
  }
})
