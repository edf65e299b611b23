import fc from "fast-check"
import { ensure, forAll, type Law, same } from "../law.ts"
import { capacities, operations, perform, used } from "../operations.ts"
import { cacheOf, KEYS } from "../subject.ts"

const chapter = "Presence"
const situation = fc.tuple(capacities, operations, fc.nat(KEYS.length - 1))

export const presence: readonly Law[] = [
  {
    chapter,
    title: "the cache knows the key of every entry, and none that was deleted or cleared",
    check: (strategy) =>
      forAll(situation, ([capacity, steps, index]) => {
        const cache = used(strategy, capacity, steps)
        ensure(
          [...cache.keys()].every((key) => cache.knows(key)),
          "an entry is not known",
        )
        if (cache.delete(KEYS[index])) ensure(!cache.knows(KEYS[index]), "knows who was deleted")
        cache.clear()
        ensure(!KEYS.some((key) => cache.knows(key)), "knows who was cleared")
      }),
  },
  {
    chapter,
    title: "what was just stored is there",
    examples: 40,
    check: (strategy) =>
      forAll(situation, ([capacity, steps, index]) => {
        const cache = used(strategy, capacity, steps)
        cache.set(KEYS[index], "new")
        ensure(cache.has(KEYS[index]), "the key is absent")
        same(cache.peek(KEYS[index]), "new", "peek")
        same(cache.get(KEYS[index]), "new", "get")
      }),
  },
  {
    chapter,
    title: "a new key evicts one entry if the cache is full, else none, and never itself",
    check: (strategy) =>
      forAll(situation, ([capacity, steps, index]) => {
        const cache = used(strategy, capacity, steps)
        cache.delete(KEYS[index])
        for (let n = 0; n < 5 && cache.size < cache.capacity; n++) cache.set({}, "filler")
        const before = new Map(cache)
        cache.set(KEYS[index], "new")
        const stayed = [...before].filter(([key]) => cache.has(key))
        same(before.size - stayed.length, before.size === cache.capacity ? 1 : 0, "evicted")
        for (const [key, value] of stayed) same(cache.peek(key), value, "value of another key")
      }),
  },
  {
    chapter,
    title: "overwriting evicts nobody and changes no other value",
    check: (strategy) =>
      forAll(situation, ([capacity, steps, index]) => {
        const cache = used(strategy, capacity, steps)
        cache.set(KEYS[index], "old")
        const before = new Map(cache).set(KEYS[index], "new")
        cache.set(KEYS[index], "new")
        same(cache.size, before.size, "size")
        for (const [key, value] of before) same(cache.peek(key), value, "value")
      }),
  },
  {
    chapter,
    title: "`delete` removes the entry of its key and no other, and says whether there was one",
    check: (strategy) =>
      forAll(situation, ([capacity, steps, index]) => {
        const cache = used(strategy, capacity, steps)
        const before = new Map(cache)
        same(cache.delete(KEYS[index]), before.delete(KEYS[index]), "result")
        same(cache.size, before.size, "size")
        for (const [key, value] of before) same(cache.peek(key), value, "value of another key")
        ensure(!cache.has(KEYS[index]), "the key is still there")
      }),
  },
  {
    chapter,
    title: "every value read is the one stored last under its key",
    check: (strategy) =>
      forAll(fc.tuple(capacities, operations), ([capacity, steps]) => {
        const cache = cacheOf(strategy, capacity)
        const stored = new Map<unknown, unknown>()
        steps.forEach((step, value) => {
          if (step[0] === "clear" || step[0] === "resize") {
            perform(cache, step, value)
            return
          }
          const key = KEYS[step[1]]
          const present = cache.has(key)
          const result = perform(cache, step, value)
          if (step[0] === "get") same(result, present ? stored.get(key) : undefined, "get")
          if (step[0] === "set") stored.set(key, value)
          if (step[0] === "getOrInsert" || step[0] === "getOrInsertComputed") {
            if (!present) stored.set(key, value)
            same(result, stored.get(key), step[0])
          }
        })
        for (const [key, value] of cache) same(value, stored.get(key), "value")
      }),
  },
  {
    chapter,
    title: "`getOrInsertComputed` computes on a miss only, once, with the key",
    check: (strategy) =>
      forAll(situation, ([capacity, steps, index]) => {
        const cache = used(strategy, capacity, steps)
        const key = KEYS[index]
        const misses = cache.has(key) ? 0 : 1
        const asked: unknown[] = []
        const compute = (k: unknown): unknown => asked.push(k)
        const first = cache.getOrInsertComputed(key, compute)
        same(cache.getOrInsertComputed(key, compute), first, "second result")
        same(asked, new Array(misses).fill(key === 0 ? 0 : key), "keys computed")
      }),
  },
  {
    chapter,
    title: "what `compute` stores under its own key is overwritten by its result",
    check: (strategy) =>
      forAll(situation, ([capacity, steps, index]) => {
        const cache = used(strategy, capacity, steps)
        cache.delete(KEYS[index])
        const compute = (key: unknown): unknown => cache.set(key, "stored meanwhile") && "result"
        same(cache.getOrInsertComputed(KEYS[index], compute), "result", "result")
        same(cache.peek(KEYS[index]), "result", "value")
        same([...cache.keys()].length, cache.size, "size")
      }),
  },
]
