import { CacheError } from "@evictionary/core"

/** Runs `action`; what is wrong in there is said to be wrong in `place`. */
export function located<T>(place: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof CacheError)) throw error
    throw new CacheError(error.code, `${error.message}, in ${place}`)
  }
}
