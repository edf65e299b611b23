/**
 * How much the first tier can be relied on.
 *
 * - `"linked"`: it is certain that no message was missing `staleness` ago. It is served.
 * - `"suspect"`: it is not, but the second tier answers, and is asked.
 * - `"down"`: the second tier does not answer. The first is served for `whileDown`.
 * - `"dead"`: for longer. What is loaded is served for `whileDown`, and nothing older.
 */
export type TierState = "linked" | "suspect" | "down" | "dead"

export interface TrustTerms {
  readonly staleness: number
  readonly whileDown: number
}

/** What a state depends on. */
export interface Reachability {
  /** When it was certain that no message was missing. */
  readonly provenAt: number
  readonly isDown: boolean
}

/** The state at the time `now`; `start` is when it all began. */
export function stateOf(
  { provenAt, isDown }: Reachability,
  { staleness, whileDown }: TrustTerms,
  now: number,
  start: number,
): TierState {
  const uncertain = now - Math.max(provenAt + staleness, start)
  if (now - provenAt <= staleness) return "linked"
  if (!isDown) return "suspect"
  return uncertain <= whileDown ? "down" : "dead"
}

/** Whether a value that was right at `since` may be given at the time `now`. */
export function isTrusted(
  since: number,
  { provenAt, isDown }: Reachability,
  { staleness, whileDown }: TrustTerms,
  now: number,
): boolean {
  const certain = provenAt + staleness
  if (now <= certain) return true
  return isDown && now - Math.max(since, certain) <= whileDown
}
