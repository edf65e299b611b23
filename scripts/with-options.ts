import type { AnyStrategy } from "@evictionary/conformance"
import { defineStrategy } from "@evictionary/core"

/** The strategy when its own options are these: the laws hold for them as well. */
export function withOptions(strategy: AnyStrategy, own: object): AnyStrategy {
  const { strategyName, createPolicy, ghosts, ...traits } = strategy
  const values = Object.entries(own).map(([name, value]) => `${name}-${value}`)
  const name = `${strategyName}-with-${values.join("-")}`
  const declared = { ...traits, ghosts: typeof ghosts === "number" ? ghosts : ghosts(own as never) }
  return defineStrategy(
    name.toLowerCase().replaceAll(".", "-"),
    (context) => createPolicy({ ...context, options: { ...context.options, ...own } }),
    declared as { neverEvicts: false },
  )
}
