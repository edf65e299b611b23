import { registry } from "evictionary"
import { MOST_REQUESTS, type Stream, WORKLOAD_NAMES, type WorkloadName } from "./stream.ts"

/** All that decides what one sees, so that a moment can be sent to somebody. */
export interface PlayState {
  readonly strategies: readonly string[]
  readonly capacity: number
  readonly stream: Stream
  /** How many requests have been made. */
  readonly at: number
}

export const MOST_STRATEGIES = 4
export const MOST_CAPACITY = 64

export const FIRST: PlayState = {
  strategies: ["lru", "sieve", "arc"],
  capacity: 4,
  stream: { kind: "typed", text: "abcadaebfbcgaehbc" },
  at: 0,
}

/** The state as the query of a URL, without what is as at first. */
export function queryOf({ strategies, capacity, stream, at }: PlayState): string {
  const query = new URLSearchParams()
  query.set("strategies", strategies.join(","))
  query.set("capacity", String(capacity))
  if (stream.kind === "typed") {
    query.set("keys", stream.text)
  } else {
    query.set("workload", stream.kind)
    query.set("requests", String(stream.requests))
    query.set("seed", String(stream.seed))
  }
  query.set("at", String(at))
  return query.toString()
}

/** The state that the query of a URL means; what it does not say, or says wrongly, is as at first. */
export function stateIn(query: string): PlayState {
  const told = new URLSearchParams(query)
  const names = (told.get("strategies") ?? "").split(",").filter(isBounded)
  const strategies = [...new Set(names)].slice(0, MOST_STRATEGIES)
  return {
    strategies: strategies.length > 0 ? strategies : FIRST.strategies,
    capacity: integerIn(told.get("capacity"), 1, MOST_CAPACITY) ?? FIRST.capacity,
    stream: streamIn(told),
    at: integerIn(told.get("at"), 0, MOST_REQUESTS) ?? 0,
  }
}

/** The strategies that can be chosen. */
export function boundedNames(): string[] {
  return registry.names.filter(isBounded)
}

function isBounded(name: string): boolean {
  return registry.names.includes(name) && !registry.get(name).neverEvicts
}

function streamIn(told: URLSearchParams): Stream {
  const kind = told.get("workload") as WorkloadName | null
  if (kind !== null && WORKLOAD_NAMES.includes(kind)) {
    const requests = integerIn(told.get("requests"), 1, MOST_REQUESTS) ?? 60
    return { kind, requests, seed: integerIn(told.get("seed"), 0, 2 ** 31 - 1) ?? 0 }
  }
  const text = told.get("keys")
  return text === null ? FIRST.stream : { kind: "typed", text }
}

function integerIn(text: string | null, least: number, most: number): number | undefined {
  const value = text !== null && /^\d+$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : undefined
}
