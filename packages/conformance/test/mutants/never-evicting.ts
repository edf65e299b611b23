import { eternal, firstKey, type Mutants, members } from "../broken.ts"

export const neverEvicting: Mutants = {
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
}
