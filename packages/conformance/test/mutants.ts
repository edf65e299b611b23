import type { AnyStrategy } from "@evictionary/conformance"
import { queue, recency, remembering, stack, worth } from "../../core/test/policies.ts"
import { wTinyLfu } from "../../w-tinylfu/src/index.ts"
import { eternal, type Mutants, members, options } from "./broken.ts"
import { alone } from "./mutants/alone.ts"
import { anyKeys } from "./mutants/any-keys.ts"
import { begin } from "./mutants/begin.ts"
import { bounds } from "./mutants/bounds.ts"
import { callbacks } from "./mutants/callbacks.ts"
import { capabilities } from "./mutants/capabilities.ts"
import { cost } from "./mutants/cost.ts"
import { dumps } from "./mutants/dumps.ts"
import { errors } from "./mutants/errors.ts"
import { expiring } from "./mutants/expiring.ts"
import { following } from "./mutants/following.ts"
import { foresight } from "./mutants/foresight.ts"
import { inspection } from "./mutants/inspection.ts"
import { keys } from "./mutants/keys.ts"
import { leaving } from "./mutants/leaving.ts"
import { longRuns } from "./mutants/long-runs.ts"
import { memory } from "./mutants/memory.ts"
import { model } from "./mutants/model.ts"
import { neverEvicting } from "./mutants/never-evicting.ts"
import { newcomers } from "./mutants/newcomers.ts"
import { observers } from "./mutants/observers.ts"
import { order } from "./mutants/order.ts"
import { paper } from "./mutants/paper.ts"
import { presence } from "./mutants/presence.ts"
import { reading } from "./mutants/reading.ts"
import { size } from "./mutants/size.ts"
import { swap } from "./mutants/swap.ts"
import { time } from "./mutants/time.ts"
import { torn } from "./mutants/torn.ts"
import { weight } from "./mutants/weight.ts"

/** Broken strategies, by the law that each must break. Each imitates a mistake one can make. */
export const mutants: Mutants = {
  ...alone,
  ...anyKeys,
  ...begin,
  ...bounds,
  ...callbacks,
  ...capabilities,
  ...cost,
  ...dumps,
  ...errors,
  ...expiring,
  ...following,
  ...foresight,
  ...inspection,
  ...keys,
  ...leaving,
  ...longRuns,
  ...memory,
  ...model,
  ...neverEvicting,
  ...newcomers,
  ...observers,
  ...order,
  ...paper,
  ...presence,
  ...reading,
  ...size,
  ...swap,
  ...time,
  ...torn,
  ...weight,
}

/** Strategies that keep all laws; between them every law applies. */
export const sound: readonly AnyStrategy[] = [
  queue,
  stack,
  recency,
  remembering,
  worth,
  wTinyLfu,
  eternal,
]

/** The same, dressed like a mutant but with nothing changed. */
export const unchanged: readonly AnyStrategy[] = sound.map((base) =>
  members(
    () => ({}),
    options((given) => given, base),
  ),
)
