import type { LoadingContext } from "./loading.ts"
import type { Operation } from "./pending.ts"
import type { TierHit } from "./tier.ts"

/** A value of the second tier. */
export interface Arrival<V> {
  readonly value: V
  /** When it is stale. */
  readonly until: number
}

/** Reads what was found by a question of the time `asked`; nothing if it cannot be read. */
export function arrivalOf<V>(
  { packing, report }: Pick<LoadingContext<V>, "packing" | "report">,
  key: string,
  asked: number,
  entry: TierHit,
): Arrival<V> | undefined {
  try {
    return { value: packing.unpack(entry), until: asked + entry.left }
  } catch (error) {
    report(error, "decode", key)
    return undefined
  }
}

/** Keeps it in the first tier, unless something has changed since it was asked for. */
export function keep<V>(
  { local, settings }: Pick<LoadingContext<V>, "local" | "settings">,
  operation: Operation,
  asked: number,
  { value, until }: Arrival<V>,
  { fresh, kept, tags }: TierHit,
): void {
  const { clock, refreshAhead } = settings
  const renewAt = until - fresh * (1 - refreshAhead)
  local.fill(operation, asked, value, { until, renewAt, tags, ttl: until + kept - clock.now() })
}
