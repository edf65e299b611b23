import { type Mutants, members, options } from "../broken.ts"

export const leaving: Mutants = {
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
  "a listener that throws, or whose promise rejects, changes nothing but that its error is reported":
    {
      "the caller gets the error": members((cache, { onRemoval }) => ({
        delete(key) {
          const value = cache.peek(key)
          const deleted = cache.delete(key)
          if (deleted) onRemoval?.(key, value, "deleted")
          return deleted
        },
      })),
      "nobody gets the error": options((given) => ({ ...given, onListenerError() {} })),
      "nobody waits for the promise": options(({ onRemoval, ...given }) => ({
        ...given,
        onRemoval(...removal: [unknown, unknown, "evicted"]) {
          onRemoval?.(...removal)
        },
      })),
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
}
