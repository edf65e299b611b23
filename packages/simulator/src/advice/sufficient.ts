import type { MissRatioCurve } from "../miss-ratio-curve.ts"

/** Fewer entries in a cache that is scaled down say little. */
const LEAST_ROOM = 8

/** What does for a hit ratio: entries, or bytes. */
export interface Sufficient {
  readonly room: number
  /** Whether less may do as well: the curve does not begin with less. */
  readonly atMost: boolean
}

/** What does for a hit ratio, between the points of a curve in a straight line. */
export function sufficientFor(hitRatio: number, curve: MissRatioCurve): Sufficient | undefined {
  const points = curve.points.filter(({ room }) => room >= LEAST_ROOM)
  const index = points.findIndex(({ missRatio }) => 1 - missRatio >= hitRatio)
  const [before, point] = [points[index - 1], points[index]]
  if (point === undefined) return undefined
  if (before === undefined) return { room: point.capacity, atMost: point.capacity > 1 }
  const share = (before.missRatio - (1 - hitRatio)) / (before.missRatio - point.missRatio)
  const room = Math.ceil(before.capacity + share * (point.capacity - before.capacity))
  return { room, atMost: false }
}
