import { amount } from "@evictionary/report"
import { type Recommendation, type RecommendProgress, recommend } from "@evictionary/simulator"
import { type Capacity, checkCapacities, type UnitOptions } from "../capacities.ts"
import type { Host } from "../host.ts"
import { InputError } from "../input-error.ts"
import type { TraceOptions } from "../options.ts"
import type { Replayed } from "../page.ts"
import { Progress } from "../progress.ts"
import { contenders } from "../strategies.ts"
import { Traces } from "../traces.ts"

export interface AdviseOptions extends TraceOptions, UnitOptions {
  /** The room that there is; otherwise, it is to be found. */
  readonly capacity?: Capacity
  /** The hit ratio to reach, from 0 to 1. */
  readonly target?: number
  readonly strategy?: readonly string[]
}

export interface AdviseReport extends Replayed, Omit<Recommendation, keyof Replayed> {
  readonly command: "advise"
}

/** Finds the strategy and the room for a trace: see `recommend`. */
export async function advise(
  name: string,
  options: AdviseOptions,
  host: Host,
): Promise<AdviseReport> {
  const strategies = await contenders(options.strategy, host)
  if (Object.keys(strategies).length === 0) {
    throw new InputError("--strategy must name one that evicts: there is nothing to choose from")
  }
  const { capacity, target, by } = options
  if (capacity !== undefined) checkCapacities([capacity], options)
  const traces = new Traces([name], options, host)
  traces.checkSizes(options)
  if (traces.passing !== undefined) {
    throw new InputError(`advise reads a trace several times: give a file, not ${traces.passing}`)
  }
  const progress = new Progress(host)
  let { skipped } = traces
  try {
    const { given, ...found } = await recommend(traces, {
      strategies,
      by,
      capacity: capacity?.count,
      share: capacity?.share,
      target,
      signal: host.signal,
      onProgress({ requests, total, ...step }) {
        // Those of a whole reading; later ones may be cut short.
        if (step.stage === "count") skipped = traces.skipped
        const share = step.stage === "replay" && total ? requests / total : traces.share
        progress.update(stageOf(step, options), requests, share)
      },
    })
    return { command: "advise", given, traces: traces.names, skipped, ...found }
  } finally {
    progress.clear()
  }
}

/** What it is doing, in words. */
function stageOf(
  { stage, capacity }: Pick<RecommendProgress, "capacity" | "stage">,
  { by }: UnitOptions,
): string {
  if (stage === "count") return "counting keys"
  if (stage === "curves") return "drawing curves"
  return `replaying with room for ${amount(capacity ?? 0, by)}`
}
