import { closest, distance } from "fastest-levenshtein"

/** ` (did you mean lru?)`, or nothing where no name is near: where more than half would be wrong. */
export function nearest(name: unknown, names: readonly string[]): string {
  if (typeof name !== "string" || name === "" || names.length === 0) return ""
  const best = closest(name, names)
  return distance(name, best) <= name.length / 2 ? ` (did you mean ${best}?)` : ""
}
