import { cacheMaker, type FoundStrategy } from "../strategies.ts"
import { type Call, tally, traceFib } from "./trace.ts"

export interface TreeOptions {
  n: number
  capacity: number
  strategies: FoundStrategy[]
}

export interface TreeReport {
  command: "tree"
  n: number
  trees: { name: string; counts: ReturnType<typeof tally>; tree: Call }[]
}

/** The calls of fib(n) without a cache, and with each of the strategies. */
export async function traceTrees({ n, capacity, strategies }: TreeOptions): Promise<TreeReport> {
  const plain = traceFib(n)
  const trees = [{ name: "no cache", counts: tally(plain), tree: plain }]
  for (const strategy of strategies) {
    const { strategyName, neverEvicts } = strategy
    const makeCache = await cacheMaker<number, number>(strategy)
    const tree = traceFib(n, makeCache(capacity))
    const name = neverEvicts ? strategyName : `${strategyName}(${capacity})`
    trees.push({ name, counts: tally(tree), tree })
  }
  return { command: "tree", n, trees }
}
