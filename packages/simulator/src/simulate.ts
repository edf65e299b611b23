import { BeladySize } from "./belady-size.ts"
import {
  type Contenders,
  cacheWith,
  checkedCapacities,
  checkSizes,
  checkUnit,
  contendersIn,
  type Unit,
} from "./contenders.ts"
import { History } from "./history.ts"
import { Min } from "./min.ts"
import { pause } from "./platform.ts"
import { type CacheResult, Run } from "./run.ts"
import { eachBlock, type PassOptions, type Traffic } from "./traffic.ts"

export interface SimulateOptions extends PassOptions {
  strategies: Contenders
  /** How much there is room for: each strategy is replayed with each. */
  capacities: readonly number[]
  /**
   * What capacities are counted in: `"entries"` by default. With `"bytes"`, all traffic must have
   * sizes; an entry weighs as much as the request that stored it asked for.
   */
  by?: Unit | undefined
  /**
   * Whether to work out what is best possible, or good, true by default. It takes 4 bytes of memory
   * for each request, 12 with sizes, 20 by bytes; without it, memory is for the different keys alone.
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
  /** Bytes of the different keys, with the sizes that were first asked for. */
  readonly uniqueBytes: number | undefined
  /** Whether all was replayed; if not, each result says how many requests it is of. */
  readonly complete: boolean
  /** By capacity, then by strategy as given, then `min` or `belady-size`; at the end `unbounded`. */
  readonly results: readonly CacheResult[]
}

/**
 * Replays traffic through caches, all of them in one pass: each request is a `get`, and each miss a
 * `set`. Beside them there is always what is best possible (Bélády's MIN, as `min`; by bytes, where
 * nobody knows that, the heuristic `belady-size`) and what a cache without bound does (`unbounded`),
 * which has a miss for each key.
 *
 * Traffic is read once, as it comes; at no time is more of it held than a block.
 *
 * @throws {CacheError} `INVALID_OPTION` for an option; `UNSUPPORTED` after 2^31 requests, unless
 * `min` is false; `INVALID_ARGUMENT` for traffic without sizes, by bytes. Whatever the traffic, a
 * strategy or `onProgress` throws is passed on.
 *
 * @example
 * ```ts
 * const { results } = await simulate(readTraceFile("access.log.gz"), {
 *   strategies: [lru, sieve],
 *   capacities: [1_000, 10_000],
 * })
 * ```
 */
export async function simulate(traffic: Traffic, options: SimulateOptions): Promise<Simulation> {
  const { strategies, by = "entries", min = true, signal, onProgress } = options
  const capacities = checkedCapacities(options.capacities)
  checkUnit(by)
  const contenders = [...contendersIn(strategies)]
  const runs = capacities.map((capacity) =>
    contenders.map(([name, make]) => new Run(name, capacity, cacheWith(make, capacity, by))),
  )
  const all = runs.flat()
  const history = new History(min)
  const whole = await eachBlock(traffic, signal, (block) => {
    checkSizes(block, by)
    history.record(block)
    for (const run of all) run.replay(block)
    onProgress?.({ stage: "replay", requests: history.requests, total: undefined })
  })
  const bounds = min ? await replayBounds(history, capacities, by, { signal, onProgress }) : []
  const { requests, bytes } = history
  return {
    requests,
    uniqueKeys: history.keys,
    bytes,
    uniqueBytes: bytes === undefined ? undefined : history.uniqueBytes,
    complete: whole && bounds.every((bound) => bound.requests === requests),
    results: [
      ...capacities.flatMap((_, i) => [
        ...runs[i]!.map((run) => run.result(bytes)),
        ...bounds.slice(i, i + 1),
      ]),
      history.unbounded(),
    ],
  }
}

/** One capacity after the other; those that the signal leaves no time for are left out. */
async function replayBounds(
  history: History,
  capacities: readonly number[],
  by: Unit,
  { signal, onProgress }: PassOptions,
): Promise<CacheResult[]> {
  const total = history.requests * capacities.length
  const results: CacheResult[] = []
  let before = 0
  for (const capacity of capacities) {
    if (signal?.aborted) break
    const bound = by === "bytes" ? new BeladySize(capacity, history) : new Min(capacity, history)
    do {
      if (signal?.aborted) break
      onProgress?.({ stage: "min", requests: before + bound.requests, total })
      await pause()
    } while (bound.step())
    results.push(bound.result)
    before += bound.requests
  }
  return results
}
