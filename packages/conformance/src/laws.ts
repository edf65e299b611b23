import type fc from "fast-check"
import { explained } from "./explanation.ts"
import type { Law } from "./law.ts"
import { alone } from "./laws/alone.ts"
import { indifferent, partial, untouched } from "./laws/any-keys.ts"
import { begin } from "./laws/begin.ts"
import { bounds } from "./laws/bounds.ts"
import { callbacks } from "./laws/callbacks.ts"
import { capabilitiesOf } from "./laws/capabilities.ts"
import { constant, cost } from "./laws/cost.ts"
import { dumps } from "./laws/dumps.ts"
import { errors } from "./laws/errors.ts"
import { expiring } from "./laws/expiring.ts"
import { following } from "./laws/following.ts"
import { foreseeable, manyEntries, unforeseeable } from "./laws/foresight.ts"
import { inspection } from "./laws/inspection.ts"
import { keys } from "./laws/keys.ts"
import { leaving } from "./laws/leaving.ts"
import { largeCaches, longLives, longPasts } from "./laws/long-runs.ts"
import { memory, remembered } from "./laws/memory.ts"
import { evicting, model as plainMap } from "./laws/model.ts"
import { neverEvicting } from "./laws/never-evicting.ts"
import { newcomers } from "./laws/newcomers.ts"
import { observers } from "./laws/observers.ts"
import { order } from "./laws/order.ts"
import { likeModel, type ModelOf } from "./laws/paper.ts"
import { presence } from "./laws/presence.ts"
import { reading } from "./laws/reading.ts"
import { size } from "./laws/size.ts"
import { swap } from "./laws/swap.ts"
import { time } from "./laws/time.ts"
import { torn } from "./laws/torn.ts"
import { weight, weightBounds } from "./laws/weight.ts"
import type { AnyStrategy } from "./subject.ts"

/** What a strategy does not say of itself, and is to be held to. */
export interface Expectations<Own extends object = object> {
  /**
   * No operation takes more steps because there are more entries; without it, that is so in the
   * mean. A new bound may take as many as it likes.
   */
  worstCase?: "constant"
  /** What the strategy does in the plainest code, written apart from it: hits and victims are its. */
  model?: ModelOf<Own>
  /** Options of the strategy's own with which it is compared with its model. */
  own?: fc.Arbitrary<Own>
}

/** The laws that hold for a strategy, by what it says of itself and what is expected of it. */
export function lawsOf<Own extends object>(
  strategy: AnyStrategy,
  { worstCase, model, own }: Expectations<Own> = {},
): readonly Law[] {
  const common = [
    ...begin,
    ...presence,
    ...size,
    ...cost,
    ...(worstCase === "constant" ? [constant] : []),
    ...keys,
    ...order,
    ...inspection,
    ...leaving,
    ...weight,
    ...time,
    ...expiring,
    ...swap,
    ...dumps,
    ...observers,
    ...errors,
    ...reading,
    ...callbacks,
    ...plainMap,
    ...torn,
    ...alone,
    ...memory,
    ...(strategy.weighs ? [] : [manyEntries]),
    untouched,
    largeCaches,
    ...(strategy.countsKeys ? [] : [newcomers, longPasts]),
  ]
  const laws = strategy.neverEvicts
    ? [...common, ...neverEvicting]
    : [
        ...common,
        ...bounds,
        ...following,
        ...remembered,
        ...weightBounds,
        ...evicting,
        ...capabilitiesOf(strategy),
        strategy.unforeseeable ? unforeseeable : foreseeable,
        strategy.countsKeys ? partial : indifferent,
        ...(strategy.promotes ? [longLives] : []),
        ...(model === undefined ? [] : [likeModel(model, own)]),
      ]
  return laws.map(explained)
}
