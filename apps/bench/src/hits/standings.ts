import { mean } from "simple-statistics"
import type { TrafficHits } from "./command.ts"

/** How near a strategy comes to the best possible. Shares are of its hits, from 0 to 1. */
export interface HitsStanding {
  strategy: string
  /** The mean over all traffic and capacities. */
  share: number
  least: { share: number; traffic: string; capacity: number }
  /** How often it has hits, and no other strategy has more. */
  first: number
  /** How many times it was replayed where anything can hit. */
  replays: number
}

/** The bounds, which are no strategies. */
const BOUNDS = ["min", "unbounded"]

/** Whether a row is of a strategy, and not of a bound. */
export function isStrategy({ strategy }: { strategy: string }): boolean {
  return !BOUNDS.includes(strategy)
}

/** For each strategy, how it stands to the best possible; the nearest first. */
export function standingsOf(traffics: readonly TrafficHits[]): HitsStanding[] {
  const strategies = traffics[0]?.rows.filter(isStrategy) ?? []
  const standings = strategies.flatMap(({ strategy }) => {
    const replays = traffics.flatMap((each) => sharesOf(each, strategy))
    if (replays.length === 0) return []
    const least = replays.reduce((a, b) => (b.share < a.share ? b : a))
    return {
      strategy,
      share: mean(replays.map(({ share }) => share)),
      least: { share: least.share, traffic: least.traffic, capacity: least.capacity },
      first: replays.filter(({ first }) => first).length,
      replays: replays.length,
    }
  })
  return standings.sort((a, b) => b.share - a.share)
}

function sharesOf({ traffic, capacities, rows }: TrafficHits, name: string) {
  const hitsOf = (name: string) => rows.find(({ strategy }) => strategy === name)!.hits
  return capacities.flatMap((capacity, i) => {
    const [own, best] = [hitsOf(name)[i]!, hitsOf("min")[i]!]
    if (best === 0) return []
    const most = Math.max(...rows.filter(isStrategy).map(({ hits }) => hits[i]!))
    return { share: own / best, traffic, capacity, first: own === most && own > 0 }
  })
}
