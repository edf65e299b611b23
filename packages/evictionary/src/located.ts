import { CacheError } from "@evictionary/core"

/** Runs `action`; what is wrong in there is said to be wrong in `place`. */
export function located<T>(place: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw inPlace(place, error)
  }
}

/** As {@link located}, for what takes a while. */
export async function locatedAsync<T>(place: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw inPlace(place, error)
  }
}

function inPlace(place: string, error: unknown): unknown {
  if (!(error instanceof CacheError)) return error
  const { code, message, cause } = error
  return new CacheError(code, `${message}, in ${place}`, cause === undefined ? {} : { cause })
}
