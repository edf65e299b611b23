import type { AnyStrategy, TestCache } from "@evictionary/conformance"
import {
  type CacheOptions,
  defineStrategy,
  type Policy,
  type Slot,
  type SlotParts,
} from "@evictionary/core"
import { Recency, Remembering, recency, remembering } from "../../core/test/policies.ts"

type Options = CacheOptions<unknown, unknown> & { capacity: number }
type Members = { [Name in keyof TestCache]?: TestCache[Name] }

const eternal = defineStrategy("eternal", ({ slots }) => new Recency(slots), { neverEvicts: true })

/** A strategy whose policy is broken. */
function policy(create: (slots: SlotParts, capacity: number) => Policy): AnyStrategy {
  return defineStrategy("broken", ({ slots, capacity }) => create(slots, capacity))
}

/** A strategy whose caches do something else in some members. */
function members(
  change: (cache: TestCache, options: Options) => Members,
  base: AnyStrategy = recency,
): AnyStrategy {
  return altered((options) => {
    const cache = (base as (options: Options) => TestCache)(options)
    return [cache, change(cache, options)]
  }, base)
}

/** A strategy whose caches are made from other options than those given. */
function options(change: (options: Options) => object, base: AnyStrategy = recency): AnyStrategy {
  const make = base as (options: object) => TestCache
  return altered((given) => [make(given === null ? given : change(given)), {}], base)
}

function altered(make: (options: Options) => [TestCache, Members], base: AnyStrategy): AnyStrategy {
  function strategy(options: Options): TestCache {
    const [cache, changed] = make(options)
    const self: TestCache = new Proxy(cache, {
      get(target, name) {
        if (Object.hasOwn(changed, name)) return changed[name as keyof Members]
        if (name === "forEach") {
          return (callback: Parameters<TestCache["forEach"]>[0], thisArg: unknown) =>
            target.forEach((value, key) => {
              callback.call(thisArg, value, key, self)
            })
        }
        const value: unknown = Reflect.get(target, name, target)
        if (typeof value !== "function") return value
        return (...args: unknown[]) => {
          const result: unknown = value.apply(target, args)
          return result === target ? self : result
        }
      },
    })
    return self
  }
  const { strategyName, neverEvicts } = base
  return Object.assign(strategy, { strategyName, neverEvicts }) as never
}

function firstKey(cache: TestCache): unknown {
  return cache.coldest(1)[0]?.[0]
}

/** Broken strategies, by the law that each must break. Each imitates a mistake one can make. */
export const mutants: Record<string, Record<string, AnyStrategy>> = {
  "there are never more entries than the capacity, not even while a listener runs": {
    "room for one more": members(
      (_cache, { capacity }) => ({ capacity }),
      options((given) => ({ ...given, capacity: given.capacity + 1 })),
    ),
    "a listener's entries are not counted": members((cache) => {
      const extra = new Map<unknown, unknown>()
      return {
        get size() {
          return cache.size + extra.size
        },
        set(key, value) {
          if (cache.size === cache.capacity && !cache.has(key)) extra.set(key, value)
          else cache.set(key, value)
          return this as TestCache
        },
      }
    }),
  },
  "a cache of capacity 0 stores nothing, and evicts nothing": {
    "at least one entry": options((given) => ({ ...given, capacity: given.capacity || 1 })),
  },
  "a cache of capacity 1 holds what was stored last": {
    "a full cache refuses newcomers": members((cache) => ({
      set(key, value) {
        return cache.size < cache.capacity || cache.has(key) ? cache.set(key, value) : cache
      },
    })),
  },
  "shrinking evicts just what does not fit, and growing evicts nobody": {
    "everything leaves": members((cache) => ({
      resize(capacity) {
        cache.resize(0)
        cache.resize(capacity)
      },
    })),
    "the surplus stays": members((cache) => ({ resize: () => cache.resize(cache.capacity) })),
    "the surplus is deleted": members((cache) => ({
      resize(capacity) {
        while (cache.size > capacity) cache.delete(firstKey(cache))
        cache.resize(capacity)
      },
    })),
  },
  "nothing leaves that was not deleted, overwritten or cleared": {
    "a secret bound": members(
      (cache) => ({
        set(key, value) {
          if (cache.size >= 5) cache.delete(firstKey(cache))
          return cache.set(key, value)
        },
      }),
      eternal,
    ),
  },
  "the capacity is infinite, and cannot be made finite": {
    "resize is ignored": members((cache) => ({ resize: () => cache.has(0) }), eternal),
    "the capacity is finite": members(() => ({ capacity: 2 ** 32 }), eternal),
  },
  "what was just stored is there": {
    "a key that was deleted stays away": members((cache) => {
      const deleted = new Set<unknown>()
      return {
        delete: (key) => deleted.add(key) && cache.delete(key),
        set: (key, value) => (deleted.has(key) ? cache : cache.set(key, value)),
      }
    }),
  },
  "a new key evicts one entry if the cache is full, else none, and never itself": {
    "room is made too early": members((cache) => ({
      set(key, value) {
        if (!cache.has(key) && cache.size >= cache.capacity - 1) cache.delete(firstKey(cache))
        return cache.set(key, value)
      },
    })),
    "two leave at once": members((cache) => ({
      set(key, value) {
        if (!cache.has(key) && cache.size === cache.capacity) cache.delete(firstKey(cache))
        if (!cache.has(key) && cache.size > 1) cache.delete(firstKey(cache))
        return cache.set(key, value)
      },
    })),
  },
  "overwriting evicts nobody and changes no other value": {
    "room is made before looking": members((cache) => ({
      set(key, value) {
        if (cache.size === cache.capacity) cache.delete(firstKey(cache))
        return cache.set(key, value)
      },
    })),
  },
  "`delete` removes the entry of its key and no other, and says whether there was one": {
    "always true": members((cache) => ({ delete: (key) => cache.delete(key) || true })),
    "the list keeps the entry": policy(
      (slots) =>
        new (class extends Recency {
          override onRemove(slot: Slot): void {
            this.list.moveToYoungest(slot)
            this.list.remove(this.list.oldest)
          }
        })(slots),
    ),
    "nothing is removed": members((cache) => ({ delete: (key) => cache.has(key) })),
  },
  "every value read is the one stored last under its key": {
    "an overwrite is lost": members((cache) => ({
      set: (key, value) => (cache.has(key) ? cache : cache.set(key, value)),
    })),
    "getOrInsert overwrites": members((cache) => ({
      getOrInsert: (key, value) => cache.set(key, value) && value,
    })),
  },
  "`getOrInsertComputed` computes on a miss only, once, with the key": {
    "it computes always": members((cache) => ({
      getOrInsertComputed(key, compute) {
        const value = compute(key)
        return cache.getOrInsert(key, value)
      },
    })),
    "it computes twice": members((cache) => ({
      getOrInsertComputed: (key, compute) =>
        cache.getOrInsertComputed(key, (k) => [compute(k), compute(k)][1]),
    })),
    "it passes no key": members((cache) => ({
      getOrInsertComputed: (key, compute) =>
        cache.getOrInsertComputed(key, () => compute("no key")),
    })),
  },
  "what `compute` stores under its own key is overwritten by its result": {
    "what is there first stays": members((cache) => ({
      getOrInsertComputed: (key, compute) =>
        cache.has(key) ? cache.get(key) : cache.getOrInsert(key, compute(key)),
    })),
  },
  "keys are the same or different just as in a Map": {
    "1 and “1” are one": members((cache) => {
      const plain = (key: unknown): unknown => (typeof key === "number" ? String(key) : key)
      return {
        set: (key, value) => cache.set(plain(key), value),
        get: (key) => cache.get(plain(key)),
        peek: (key) => cache.peek(plain(key)),
        has: (key) => cache.has(plain(key)),
        delete: (key) => cache.delete(plain(key)),
      }
    }),
    "NaN is never found": members((cache) => ({
      has: (key) => cache.has(key) && !Number.isNaN(key),
    })),
    "large numbers are truncated": members((cache) => {
      const int = (key: unknown): unknown => (typeof key === "number" && key > 9 ? key | 0 : key)
      return {
        set: (key, value) => cache.set(int(key), value),
        get: (key) => cache.get(int(key)),
        has: (key) => cache.has(int(key)),
        delete: (key) => cache.delete(int(key)),
      }
    }),
  },
  "-0 is given back as 0": {
    "as it came": members((cache) => {
      let zero: unknown = 0
      return {
        getOrInsertComputed: (key, compute) =>
          cache.getOrInsertComputed(key, () => {
            zero = key
            return compute(key)
          }),
        *keys() {
          for (const key of cache.keys()) yield key === 0 ? zero : key
        },
      }
    }),
  },
  "a stored undefined is a value": {
    "it is taken for none": members((cache) => ({
      has: (key) => cache.get(key) !== undefined,
    })),
    "it is computed again": members((cache) => ({
      getOrInsert: (key, value) => cache.get(key) ?? (cache.set(key, value) && value),
    })),
  },
  "peek, has, iteration, coldest and hottest neither promote nor count": {
    "has promotes": members((cache) => ({
      has(key) {
        cache.get(key)
        return cache.has(key)
      },
    })),
    "peek promotes but does not count": members((cache) => ({
      peek(key) {
        if (cache.has(key)) cache.set(key, cache.peek(key))
        return cache.peek(key)
      },
    })),
    "iteration promotes": members((cache) => ({
      *values() {
        for (const key of cache.keys()) yield cache.get(key)
      },
    })),
  },
  "the same operations have the same victims": {
    "chance decides": policy(
      (slots) =>
        new (class extends Recency {
          override onHit(slot: Slot): void {
            if (Math.random() < 0.5) super.onHit(slot)
          }
        })(slots),
    ),
  },
  "keys, values, entries, forEach, coldest and hottest agree on the order": {
    "hottest is turned round": members((cache) => ({ hottest: (n) => cache.hottest(n).reverse() })),
    "coldest gives all": members((cache) => ({ coldest: () => cache.coldest(Infinity) })),
    "values by storage": members((cache) => ({
      *values() {
        yield* [...cache].map(([, value]) => value).sort()
      },
    })),
  },
  "storing entries in the order of iteration rebuilds the order": {
    "iteration is turned round": policy(
      (slots) =>
        new (class extends Recency {
          override [Symbol.iterator](): Iterator<Slot> {
            return [...this.list].reverse()[Symbol.iterator]()
          }
        })(slots),
    ),
  },
  "iteration sees once what was there and still is, and ends whatever the loop does": {
    "it follows the list as it changes": members((cache) => ({
      *keys() {
        for (let place = 0; place < cache.size && place < 50; place++) {
          yield cache.coldest(place + 1)[place]?.[0]
        }
      },
    })),
    "it yields what has left": members((cache) => ({
      *keys() {
        yield* Array.from(cache, ([key]) => key)
      },
    })),
  },
  "each entry that leaves is told of once, with its key, its value and the cause": {
    "told twice": options((given) => ({
      ...given,
      onRemoval(...removal: [unknown, unknown, "evicted"]) {
        given.onRemoval?.(...removal)
        given.onRemoval?.(...removal)
      },
    })),
    "the cause is always the same": options((given) => ({
      ...given,
      onRemoval: (key: unknown, value: unknown) => given.onRemoval?.(key, value, "evicted"),
    })),
    "silent when cleared": options((given) => ({
      ...given,
      onRemoval(...removal: [unknown, unknown, "evicted"]) {
        if ((removal[2] as string) !== "cleared") given.onRemoval?.(...removal)
      },
    })),
    "the new value instead of the old": members((cache, { onRemoval }) => ({
      set(key, value) {
        if (cache.has(key)) onRemoval?.(key, value, "replaced")
        return cache.set(key, value)
      },
    })),
  },
  "a listener finds the cache consistent, and the removed entry gone": {
    "told too early": members((cache, { onRemoval, onListenerError }) => ({
      delete(key) {
        try {
          if (cache.has(key)) onRemoval?.(key, cache.peek(key), "deleted")
        } catch (error) {
          onListenerError?.(error)
        }
        return cache.delete(key)
      },
    })),
  },
  "nothing is lost when a listener uses the cache: what was stored is there or was told of": {
    "removals inside a listener are dropped": (() => {
      let telling = false
      return options((given) => ({
        ...given,
        onRemoval(...removal: [unknown, unknown, "evicted"]) {
          if (telling) return
          telling = true
          try {
            given.onRemoval?.(...removal)
          } finally {
            telling = false
          }
        },
      }))
    })(),
  },
  "a listener that throws changes nothing but that its error is reported": {
    "the caller gets the error": members((cache, { onRemoval }) => ({
      delete(key) {
        const value = cache.peek(key)
        const deleted = cache.delete(key)
        if (deleted) onRemoval?.(key, value, "deleted")
        return deleted
      },
    })),
    "nobody gets the error": options((given) => ({ ...given, onListenerError() {} })),
  },
  "a value overwritten with itself has not left": {
    "it is told of": members((cache, { onRemoval }) => ({
      set(key, value) {
        if (Object.is(cache.peek(key), value)) onRemoval?.(key, value, "replaced")
        return cache.set(key, value)
      },
    })),
  },
  "subscribers are told like the listener, from when they subscribe until they end it": {
    "for ever": members((cache) => ({
      subscribe(observer) {
        cache.subscribe(observer)
        return () => {}
      },
    })),
    never: members(() => ({ subscribe: () => () => {} })),
  },
  "the size is the number of entries that iteration yields, each under its own key": {
    "a miss of delete counts": members((cache) => {
      let off = 0
      return {
        get size() {
          return cache.size - off
        },
        delete(key) {
          off += cache.has(key) ? 0 : 1
          return cache.delete(key)
        },
      }
    }),
    "a deleted entry stays in the list": policy(
      (slots) =>
        new (class extends Recency {
          override onRemove(): void {}
        })(slots),
    ),
    "the victim stays in the list": policy(
      (slots) =>
        new (class extends Recency {
          override evict(): Slot {
            return this.list.oldest
          }
          override onInsert(slot: Slot): void {
            if (!this.list.has(slot)) this.list.addYoungest(slot)
          }
          override [Symbol.iterator](): Iterator<Slot> {
            return [...this.list, this.list.oldest].values()
          }
        })(slots),
    ),
    "who comes back stays a ghost": policy(
      (slots, capacity) =>
        new (class extends Remembering {
          override onInsert(slot: Slot): void {
            if (!this.ghosts.has(slot)) super.onInsert(slot)
          }
        })(capacity, slots),
    ),
  },
  "a cleared cache behaves like a new one": {
    "ghosts survive": members(
      (cache) => ({
        clear() {
          for (const key of [...cache.keys()]) cache.delete(key)
        },
      }),
      remembering,
    ),
  },
  "the counts add up": {
    "get does not count": members((cache) => ({ get: (key) => cache.peek(key) })),
    "set counts as a lookup": members((cache) => ({
      set(key, value) {
        cache.get(key)
        return cache.set(key, value)
      },
    })),
    "clear starts the counts anew": members((cache) => ({
      clear() {
        cache.clear()
        cache.stats.reset()
      },
    })),
  },
  "a snapshot of the counts stays, a difference counts from it, a reset begins anew": {
    "the snapshot goes on": members(({ stats }) => ({
      get stats() {
        return { ...stats, minus: stats.minus, reset: stats.reset, snapshot: () => stats }
      },
    })),
  },
  "a capacity that is no count is refused, by name": {
    "it is rounded": options((given) => ({ ...given, capacity: Math.floor(given.capacity) })),
    "it is rounded in resize": members((cache) => ({
      resize: (capacity) => cache.resize(Math.floor(capacity)),
    })),
  },
  "an unknown option, and a listener that is no function, are refused by name": {
    "unknown ones are ignored": options(({ capacity, onRemoval, onListenerError }) => ({
      capacity,
      onRemoval,
      onListenerError,
    })),
    "a bad listener is ignored": options((given) => ({
      ...given,
      onRemoval: typeof given.onRemoval === "function" ? given.onRemoval : undefined,
    })),
  },
  "a compute function that throws changes nothing but the count of misses": {
    "room was made before": members((cache) => ({
      getOrInsertComputed(key, compute) {
        if (!cache.has(key)) cache.set(key, undefined)
        cache.delete(key)
        return cache.getOrInsertComputed(key, compute)
      },
    })),
    "the error is stored": members((cache) => ({
      getOrInsertComputed(key, compute) {
        try {
          return cache.getOrInsertComputed(key, compute)
        } catch (error) {
          cache.set(key, error)
          throw error
        }
      },
    })),
  },
  "a compute function that is none is refused, on a hit too": {
    "only on a miss": members((cache) => ({
      getOrInsertComputed: (key, compute) =>
        cache.has(key) ? cache.get(key) : cache.getOrInsertComputed(key, compute),
    })),
  },
}

/** Strategies that keep all laws; between them every law applies. */
export const sound: readonly AnyStrategy[] = [recency, remembering, eternal]

/** The same, dressed like a mutant but with nothing changed. */
export const unchanged: readonly AnyStrategy[] = sound.map((base) =>
  members(
    () => ({}),
    options((given) => given, base),
  ),
)
