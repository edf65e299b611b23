import { counting as countingReads } from "../../../scripts/counting.ts"

type Policies = typeof import("./policies.ts")

/** The policies, on an engine whose reads are counted. */
export function counting(): Promise<Policies & { reads(): number }> {
  return countingReads(() => import("./policies.ts"))
}
