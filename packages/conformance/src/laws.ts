import type { Law } from "./law.ts"
import { bounds } from "./laws/bounds.ts"
import { errors } from "./laws/errors.ts"
import { keys } from "./laws/keys.ts"
import { leaving } from "./laws/leaving.ts"
import { neverEvicting } from "./laws/never-evicting.ts"
import { order } from "./laws/order.ts"
import { presence } from "./laws/presence.ts"
import { size } from "./laws/size.ts"
import type { AnyStrategy } from "./subject.ts"

/** The laws that hold for a strategy, by what it says of itself. */
export function lawsOf(strategy: AnyStrategy): readonly Law[] {
  const common = [...presence, ...keys, ...order, ...leaving, ...size, ...errors]
  return strategy.neverEvicts ? [...neverEvicting, ...common] : [...bounds, ...common]
}
