import type { AnyStrategy } from "@evictionary/conformance"
import type { CacheObserver } from "@evictionary/core"
import { type Mutants, members, options } from "../broken.ts"

type Observer = CacheObserver<unknown, unknown>

/** A strategy whose caches tell something else than what the observer is for. */
function telling(change: (observer: Observer) => Observer): AnyStrategy {
  return members((cache) => ({ subscribe: (observer) => cache.subscribe(change(observer)) }))
}

/** A strategy whose caches do not tell what one of their members stores. */
function silentIn(member: "getOrInsert" | "load"): AnyStrategy {
  return members((cache) => {
    const act = cache[member] as (...args: unknown[]) => unknown
    let isQuiet = false
    return {
      subscribe: (observer) =>
        cache.subscribe({
          ...observer,
          onInsert: (key, value) => isQuiet || observer.onInsert?.(key, value),
        }),
      [member](...args: unknown[]) {
        isQuiet = true
        const result = act.apply(cache, args)
        isQuiet = false
        return result
      },
    }
  })
}

export const observers: Mutants = {
  "each lookup that counts is told of: a hit with the key and what it finds, or a miss": {
    "peek is told of": members((cache) => {
      const observers: Observer[] = []
      return {
        subscribe(observer) {
          observers.push(observer)
          return cache.subscribe(observer)
        },
        peek(key) {
          for (const observer of observers) {
            if (cache.has(key)) observer.onHit?.(key, cache.peek(key))
            else observer.onMiss?.(key)
          }
          return cache.peek(key)
        },
      }
    }),
    "the value comes first": telling((observer) => ({
      ...observer,
      onHit: (key, value) => observer.onHit?.(value, key),
    })),
    "hits of getOrInsert are not told of": members((cache) => ({
      getOrInsert: (key, value) =>
        cache.has(key) ? cache.peek(key) : cache.getOrInsert(key, value),
    })),
    "what has expired is a hit and a miss": members((cache) => {
      const observers: Observer[] = []
      return {
        subscribe(observer) {
          observers.push(observer)
          return cache.subscribe(observer)
        },
        get(key) {
          const { expirations } = cache.stats
          const value = cache.get(key)
          if (cache.stats.expirations > expirations) {
            for (const observer of observers) observer.onHit?.(key, value)
          }
          return value
        },
      }
    }),
  },
  "each value that is stored is told of: under a new key, or with the one before it": {
    "the value is told twice": telling((observer) => ({
      ...observer,
      onUpdate: (key, value) => observer.onUpdate?.(key, value, value),
    })),
    "an update is an insert": telling((observer) => ({
      ...observer,
      onUpdate: (key, value) => observer.onInsert?.(key, value),
    })),
    "what getOrInsert stores is not told of": silentIn("getOrInsert"),
  },
  "a value that is stored once more is told of, and has not been removed": {
    "it has been": telling((observer) => ({
      ...observer,
      onUpdate(key, value, previous) {
        if (Object.is(value, previous)) observer.onRemoval?.(key, value, "replaced")
        observer.onUpdate?.(key, value, previous)
      },
    })),
    "it is not told of": telling((observer) => ({
      ...observer,
      onUpdate(key, value, previous) {
        if (!Object.is(value, previous)) observer.onUpdate?.(key, value, previous)
      },
    })),
    "NaN is another value each time": telling((observer) => ({
      ...observer,
      onUpdate(key, value, previous) {
        if (Number.isNaN(previous)) observer.onRemoval?.(key, previous, "replaced")
        observer.onUpdate?.(key, value, previous)
      },
    })),
  },
  "an observer that writes down what comes and what leaves has what the cache has": {
    "what is loaded is not told of": silentIn("load"),
    "removals are told of last": members((cache) => {
      let late: (() => void)[] = []
      return {
        subscribe: (observer) =>
          cache.subscribe({
            ...observer,
            onRemoval: (...removal) => late.push(() => observer.onRemoval?.(...removal)),
          }),
        set(key, value, terms) {
          cache.set(key, value, terms)
          for (const tell of late) tell()
          late = []
          return cache
        },
      }
    }),
    "what is cleared is not told of": telling((observer) => ({
      ...observer,
      onRemoval(key, value, cause) {
        if (cause !== "cleared") observer.onRemoval?.(key, value, cause)
      },
    })),
  },
  "each computed value is told of, and each error of `compute`, with the time it took": {
    "it takes no time": telling((observer) => ({
      ...observer,
      onLoad: (key, value) => observer.onLoad?.(key, value, 0),
    })),
    "errors are not told of": telling(({ onLoadError: _onLoadError, ...observer }) => observer),
    "what is given is told of": members((cache) => ({
      getOrInsert: (key, value) => cache.getOrInsertComputed(key, () => value),
    })),
  },
  "a watched cache behaves like one that nobody watches, though observers throw": {
    "their errors reach the caller": members((cache) => {
      const observers: Observer[] = []
      return {
        subscribe(observer) {
          observers.push(observer)
          return () => {}
        },
        get(key) {
          const value = cache.get(key)
          for (const observer of observers) observer.onMiss?.(key)
          return value
        },
      }
    }),
    "their errors go nowhere": options((given) => ({ ...given, onListenerError() {} })),
    "a lookup is counted again for them": members((cache) => {
      let watched = false
      return {
        subscribe(observer) {
          watched = true
          return cache.subscribe(observer)
        },
        get(key) {
          if (watched) cache.get(key)
          return cache.get(key)
        },
      }
    }),
  },
  "an observer may use the cache whatever it is told of, and finds it consistent": {
    "removals inside an observer are not told of": telling((observer) => {
      let busy = false
      return {
        ...observer,
        onRemoval(...removal) {
          if (busy) return
          busy = true
          observer.onRemoval?.(...removal)
          busy = false
        },
      }
    }),
    "removals are told of twice": telling((observer) => ({
      ...observer,
      onRemoval(...removal) {
        observer.onRemoval?.(...removal)
        observer.onRemoval?.(...removal)
      },
    })),
    "the size is written down before they are told": members((cache) => {
      let size: number | undefined
      return {
        set(key, value, terms) {
          size = cache.has(key) ? cache.size : cache.size + 1
          cache.set(key, value, terms)
          size = undefined
          return cache
        },
        get size() {
          return size ?? cache.size
        },
      }
    }),
  },
  "observers are told through their own methods, and nothing once their time has ended": {
    "a copy is told": telling((observer) => ({ ...observer })),
    "for ever": members((cache) => ({
      subscribe(observer) {
        cache.subscribe(observer)
        return () => {}
      },
    })),
    "until the end of the event": members((cache) => {
      const observers = new Set<Observer>()
      cache.subscribe({
        onHit(...details) {
          for (const observer of [...observers]) observer.onHit?.(...details)
        },
        onMiss(...details) {
          for (const observer of [...observers]) observer.onMiss?.(...details)
        },
      })
      return {
        subscribe(observer) {
          observers.add(observer)
          return () => observers.delete(observer)
        },
      }
    }),
  },
  "an observer that is none is refused by name": {
    "it is ignored": members((cache) => ({
      subscribe(observer) {
        try {
          return cache.subscribe(observer)
        } catch {
          return () => {}
        }
      },
    })),
    "only what is told is looked at": telling((observer) => {
      if (typeof observer !== "object" || observer === null) return observer
      const { onHit, onMiss, onInsert, onUpdate, onLoad, onLoadError, onRemoval } = observer
      return { onHit, onMiss, onInsert, onUpdate, onLoad, onLoadError, onRemoval }
    }),
    "null is none": members((cache) => ({
      subscribe: (observer) => (observer === null ? () => {} : cache.subscribe(observer)),
    })),
    "what is no function is left out": telling((observer) =>
      typeof observer === "object" && observer !== null
        ? Object.fromEntries(
            Object.entries(observer).filter(([, listener]) => typeof listener === "function"),
          )
        : observer,
    ),
  },
}
