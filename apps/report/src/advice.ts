import type { Recommendation } from "@evictionary/simulator"
import { amount, percent } from "./numbers.ts"

/** Which strategy others are measured by, since it is what most caches do. */
const USUAL = "lru"

/** What a piece of advice is made of. */
export interface AdvisedCache extends Omit<Recommendation, "bytes" | "curves" | "uniqueBytes"> {
  readonly uniqueBytes?: number | undefined
}

/** The advice itself; `emphasize` marks what matters most. */
export function adviceOf(
  found: AdvisedCache,
  emphasize: (text: string) => string = (text) => text,
): string {
  const { best, given, target, possible, complete, by, uniqueKeys, uniqueBytes } = found
  if (best === undefined) {
    return complete
      ? `No room is enough for ${percent(target)} hits: with room for all keys, it is ${percent(possible)}.`
      : ""
  }
  const name = emphasize(best.strategy)
  const hits = emphasize(percent(best.hitRatio))
  const whole = (by === "bytes" ? uniqueBytes : uniqueKeys) ?? 0
  const share = `${percent(best.capacity / whole)} of the ${by === "bytes" ? "bytes" : "keys"}`
  const room = `room for ${emphasize(amount(best.capacity, by))} (${share})`
  const advice =
    given === "target"
      ? `For ${percent(target)} hits, take ${name} with ${room}: it has ${hits}`
      : `With ${room}, take ${name}: it has ${hits} hits`
  return `${advice}, and with room for all it is ${percent(possible)}.${usual(found)}`
}

function usual({ best, target, strategies, by }: AdvisedCache): string {
  const lru = strategies.find(({ strategy }) => strategy === USUAL)
  if (lru?.hitRatio === undefined || best?.strategy === USUAL) return ""
  const { hitRatio, sufficient } = lru
  const there = ` ${USUAL} has ${percent(hitRatio)} there`
  if (hitRatio >= target || sufficient === undefined) return `${there}.`
  return `${there}, and needs room for ${sufficient.atMost ? "at most" : "about"} ${amount(sufficient.room, by)} to reach ${percent(target)}.`
}

/** One line that makes such a cache, by name; a strategy may have options in its name. */
export function configurationOf(
  strategy: string,
  capacity: number,
  by: Recommendation["by"],
): string {
  return `${strategy}, ${by === "bytes" ? "maxWeight" : "capacity"}=${capacity}`
}
