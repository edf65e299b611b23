import { distance } from "fastest-levenshtein"

/** ` (did you mean lru?)`, or nothing where no name is near: where more than half would be wrong. */
export function nearest(name: unknown, names: readonly string[]): string {
  if (typeof name !== "string" || name === "") return ""
  const away = (other: string) => distance(name.toLowerCase(), other.toLowerCase())
  const [best] = [...names].sort((one, other) => away(one) - away(other))
  if (best === undefined || away(best) > name.length / 2) return ""
  return ` (did you mean ${best}?)`
}
