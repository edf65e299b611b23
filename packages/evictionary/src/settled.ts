import { splitOptions } from "@evictionary/core"

/**
 * A configuration, or options, as they are now, each member read once: what becomes of them while
 * something is waited for does not matter. What is no object is nothing that could change.
 */
export function settled<T>(config: T): T {
  if (typeof config !== "object" || config === null || Array.isArray(config)) return config
  return splitOptions(config, [])[1] as T
}
