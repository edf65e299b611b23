import { checkDuration } from "@evictionary/core"
import type { Settings } from "./settings.ts"

/** 30 years are as good as for ever, and servers can add them. */
const LONGEST = 1e12

/** For how many milliseconds a value is fresh; 0 if it is not to be kept. */
export function freshTime<V>(
  settings: Pick<Settings<V>, "ttl" | "jitter" | "random">,
  key: string,
  value: V,
  given: number | undefined,
): number {
  const { ttl, jitter, random } = settings
  const fresh = given ?? (typeof ttl === "function" ? ttl(value, key) : ttl)
  checkDuration("INVALID_ARGUMENT", "ttl", fresh)
  return Math.min(fresh, LONGEST) * (jitter > 0 ? 1 - jitter * random() : 1)
}
