/** A hit ratio, from 0 to 1, at a capacity. */
export interface RatioPoint {
  readonly capacity: number
  readonly hitRatio: number
}

/** Points of a curve. */
const POINTS = 24

/** Fewer entries in a cache that is scaled down say little. */
const LEAST_ROOM = 8

/**
 * The capacities for a curve: in equal ratios up to one with room for every key, or for as much as
 * there is now; and the present one.
 */
export function capacitiesFor(uniqueKeys: number, present: number, rate: number): number[] {
  const most = Math.max(uniqueKeys, present, 1)
  const least = Math.min(Math.ceil(rate < 1 ? LEAST_ROOM / rate : 1), most)
  const ratio = (most / least) ** (1 / (POINTS - 1))
  const capacities = Array.from({ length: POINTS }, (_, i) => Math.round(least * ratio ** i))
  return [...new Set([...capacities, present])].sort((a, b) => a - b)
}

/** The least capacity with a hit ratio, between the points in a straight line. */
export function capacityFor(hitRatio: number, curve: readonly RatioPoint[]): number | undefined {
  const index = curve.findIndex((point) => point.hitRatio >= hitRatio)
  const point = curve[index]
  const before = curve[index - 1]
  if (point === undefined || before === undefined) return point?.capacity
  const share = (hitRatio - before.hitRatio) / (point.hitRatio - before.hitRatio)
  return Math.ceil(before.capacity + share * (point.capacity - before.capacity))
}

/**
 * The point that is highest above the line from nothing to the last point, both axes being made as
 * long as the other.
 *
 * V. Satopää, J. Albrecht, D. Irwin, B. Raghavan, "Finding a 'kneedle' in a haystack", ICDCS
 * Workshops 2011, without its smoothing.
 */
export function kneeOf(curve: readonly RatioPoint[]): RatioPoint | undefined {
  const most = curve.at(-1)
  if (most === undefined || most.hitRatio === 0) return undefined
  const height = ({ capacity, hitRatio }: RatioPoint) =>
    hitRatio / most.hitRatio - capacity / most.capacity
  return curve.reduce((best, point) => (height(point) > height(best) ? point : best))
}
