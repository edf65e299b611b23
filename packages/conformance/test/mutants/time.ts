import { type Mutants, members, options } from "../broken.ts"

export const time: Mutants = {
  "an entry is there when `ttl` - 1 have passed, and gone when `ttl` have": {
    "there at its deadline": options(({ ttl, ...given }) => ({ ...given, ttl: Number(ttl) + 1 })),
    "gone before its deadline": options(({ ttl, ...given }) => ({
      ...given,
      ttl: Number(ttl) - 0.25,
    })),
    "a deadline at 0 is none": members((cache, { clock, ttl }) => ({
      set(key, value, terms) {
        const isZero = Number(clock?.now()) + Number(ttl) === 0
        return cache.set(key, value, isZero ? { ...terms, ttl: Infinity } : terms)
      },
    })),
    "a beginning at 0 is none": members((cache, { clock }) => ({
      set: (key, value, terms) =>
        cache.set(key, value, clock?.now() === 0 ? { ...terms, ttl: Infinity } : terms),
    })),
    "expired entries are in the dump": members((cache) => {
      let last = cache.dump()
      return {
        dump() {
          const dump = cache.dump()
          if (dump.entries.length > 0) last = dump
          return last
        },
      }
    }),
  },
  "overwriting begins the time to live anew, and a hit does not": {
    "a hit does": members((cache) => ({
      get(key) {
        const value = cache.get(key)
        if (cache.has(key)) cache.set(key, value)
        return value
      },
    })),
    "overwriting does not": members((cache) => ({
      set: (key, value, terms) =>
        cache.set(key, value, { ...terms, ttl: cache.entry(key)?.ttl ?? terms?.ttl }),
    })),
  },
  "a hit and overwriting begin the idle time anew, and looking does not": {
    "nothing does": options(({ idle, ...given }) => ({ ...given, ttl: idle })),
    "peek does": members((cache) => ({
      peek(key) {
        cache.get(key)
        return cache.peek(key)
      },
    })),
    "has does": members((cache) => ({
      has: (key) => cache.has(key) && cache.get(key) !== cache,
    })),
    "iteration does": members((cache) => ({
      *keys() {
        for (const key of cache.keys()) {
          cache.get(key)
          yield key
        }
      },
    })),
  },
  "the `ttl` that `set` is told takes the place of the cache's, be it longer or shorter": {
    "the shorter one counts": members((cache, { ttl = Infinity }) => ({
      set: (key, value, terms) =>
        cache.set(key, value, { ...terms, ttl: Math.min(terms?.ttl ?? Infinity, Number(ttl)) }),
    })),
    "only where the cache has one": members((cache, { ttl }) => ({
      set: (key, value, terms) => cache.set(key, value, ttl === undefined ? {} : terms),
    })),
    "Infinity is taken for none": members((cache) => ({
      set: (key, value, terms) =>
        cache.set(key, value, terms?.ttl === Infinity ? { ...terms, ttl: undefined } : terms),
    })),
  },
  "a function of time to live is asked with the value and the key": {
    "with the key and the value": options((given) => ({
      ...given,
      ttl: (value: unknown, key: unknown) => (given.ttl as (...args: unknown[]) => 1)(key, value),
    })),
    "only once": options((given) => {
      let ttl: number | undefined
      return {
        ...given,
        ttl(...question: unknown[]) {
          ttl ??= (given.ttl as (...args: unknown[]) => number)(...question)
          return ttl
        },
      }
    }),
  },
  "a time to live of 0 stores nothing and evicts nobody; an older entry of the key goes": {
    "0 is taken for none": members((cache) => ({
      set: (key, value, terms) => cache.set(key, value, { ttl: terms?.ttl || undefined }),
    })),
    "a moment is the least": members((cache) => ({
      set: (key, value, terms) =>
        cache.set(key, value, terms?.ttl === 0 ? { ...terms, ttl: 1 } : terms),
    })),
    "the older entry stays": members((cache) => ({
      set: (key, value, terms) => (terms?.ttl === 0 ? cache : cache.set(key, value, terms)),
    })),
    "room is made for it": members((cache) => ({
      set(key, value, terms) {
        if (terms?.ttl === 0) {
          cache.set(key, value)
          cache.delete(key)
        }
        return cache.set(key, value, terms)
      },
    })),
  },
  "nothing depends on where the clock begins": {
    "a clock at 0 has not begun": options((given) => ({
      ...given,
      clock: { now: () => given.clock?.now() || 1 },
    })),
    "time begins at 0": options((given) => ({
      ...given,
      clock: { now: () => Math.max(given.clock?.now() ?? 0, 0) },
    })),
    "time ends when 32 bits are full": options((given) => ({
      ...given,
      clock: { now: () => Math.min(given.clock?.now() ?? 0, 2 ** 31) },
    })),
  },
  "jitter shortens each time to live by at most its share, as `random` says": {
    "there is none": options(({ jitter: _jitter, ...given }) => given),
    "as another `random` says": options(({ random: _random, ...given }) => given),
    "the share of `random` is what stays": options((given) => ({
      ...given,
      random: given.random && (() => 1 - (given.random?.() ?? 0)),
    })),
  },
  "`expire` gives another ttl to what is stored from then on, another idle time to all": {
    "it is ignored": members((cache) => ({ expire: () => cache.has(0) })),
    "only one of them is": members((cache) => ({
      expire: ({ idle }) => cache.expire({ ...(idle !== undefined && { idle }) }),
    })),
    "what is there lives anew": members((cache) => ({
      expire(terms) {
        cache.expire(terms)
        for (const [key, value] of [...cache]) cache.set(key, value)
      },
    })),
  },
}
