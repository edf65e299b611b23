/// <reference types="node" />
import { setImmediate } from "node:timers/promises"
import { type Contenders, checkedCapacities, contendersIn } from "./contenders.ts"
import { History } from "./history.ts"
import { Min } from "./min.ts"
import { type CacheResult, Run } from "./run.ts"
import { eachBlock, type PassOptions, type Traffic } from "./traffic.ts"

export interface SimulateOptions extends PassOptions {
  strategies: Contenders
  /** How many entries there is room for: each strategy is replayed with each. */
  capacities: readonly number[]
  /**
   * Whether to work out what is best possible, true by default. It takes 4 bytes of memory for each
   * request, 12 with sizes; without it, memory is for the different keys alone.
   */
  min?: boolean | undefined
}

export interface Simulation {
  /** Requests that were replayed. */
  readonly requests: number
  /** Different keys among them. */
  readonly uniqueKeys: number
  /** Bytes that they asked for; `undefined` if not all sizes are known. */
  readonly bytes: number | undefined
  /** Whether all was replayed; if not, each result says how many requests it is of. */
  readonly complete: boolean
  /** By capacity, then by strategy as given, then `min`; at the end `unbounded`. */
  readonly results: readonly CacheResult[]
}

/**
 * Replays traffic through caches, all of them in one pass: each request is a `get`, and each miss a
 * `set`. Beside them there is always what is best possible (Bélády's MIN, as `min`) and what a cache
 * without bound does (`unbounded`), which has a miss for each key.
 *
 * Traffic is read once, as it comes; at no time is more of it held than a block.
 *
 * @throws {CacheError} `INVALID_OPTION` for an option; `UNSUPPORTED` after 2^31 requests, unless
 * `min` is false. Whatever the traffic, a strategy or `onProgress` throws is passed on.
 *
 * @example
 * ```ts
 * const { results } = await simulate(readTrace("access.log.gz"), {
 *   strategies: [lru, sieve],
 *   capacities: [1_000, 10_000],
 * })
 * ```
 */
export async function simulate(traffic: Traffic, options: SimulateOptions): Promise<Simulation> {
  const { strategies, min = true, signal, onProgress } = options
  const capacities = checkedCapacities(options.capacities)
  const contenders = [...contendersIn(strategies)]
  const runs = capacities.map((capacity) =>
    contenders.map(([name, make]) => new Run(name, capacity, make({ capacity }))),
  )
  const all = runs.flat()
  const history = new History(min)
  const whole = await eachBlock(traffic, signal, (block) => {
    history.record(block)
    for (const run of all) run.replay(block)
    onProgress?.({ stage: "replay", requests: history.requests, total: undefined })
  })
  const bounds = min ? await replayMin(history, capacities, { signal, onProgress }) : []
  const { requests, bytes } = history
  return {
    requests,
    uniqueKeys: history.keys,
    bytes,
    complete: whole && bounds.every((min) => min.requests === requests),
    results: [
      ...capacities.flatMap((_, i) => [
        ...runs[i]!.map((run) => run.result(bytes)),
        ...bounds.slice(i, i + 1).map((min) => min.result),
      ]),
      history.unbounded(),
    ],
  }
}

/** One capacity after the other; those that the signal leaves no time for are left out. */
async function replayMin(
  history: History,
  capacities: readonly number[],
  { signal, onProgress }: PassOptions,
): Promise<Min[]> {
  const total = history.requests * capacities.length
  const done: Min[] = []
  let before = 0
  for (const capacity of capacities) {
    if (signal?.aborted) break
    const min = new Min(capacity, history)
    done.push(min)
    do {
      if (signal?.aborted) return done
      onProgress?.({ stage: "min", requests: before + min.requests, total })
      await setImmediate()
    } while (min.step())
    before += min.requests
  }
  return done
}
