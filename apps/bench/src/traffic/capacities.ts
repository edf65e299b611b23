import { simulate, type Traffic } from "@evictionary/simulator"

/** How many different keys are asked for. */
export async function countKeys(traffic: Traffic): Promise<number> {
  const { uniqueKeys } = await simulate(traffic, { strategies: {}, capacities: [], min: false })
  return uniqueKeys
}

/** Room for such shares of the keys, and for one at least. */
export function sharesOf(keys: number, shares: readonly number[]): number[] {
  return [...new Set(shares.map((share) => Math.max(1, Math.round(share * keys))))]
}
