import { strategyOf } from "./config.ts"
import { located } from "./located.ts"
import { settled } from "./settled.ts"
import { parseText } from "./text.ts"

/**
 * A configuration with what a text says in place of what it said. What the text's strategy does not
 * understand goes with the strategy that is replaced: its own options, and the bounds if the other
 * one never evicts.
 */
export function overridden(config: unknown, override: string | undefined): unknown {
  if (override === undefined) return config
  const over = parseText(override)
  const base =
    typeof config === "string" ? located(JSON.stringify(config), () => parseText(config)) : config
  const read = settled(Object(base) as Record<string, unknown>)
  const { strategy: name } = read
  const merged = Object.assign(read, over)
  if (over.strategy === undefined) return merged
  const replaced = strategyOf(name)
  const strategy = strategyOf(over.strategy)
  if (strategy === replaced) return merged
  const bounds = strategy.neverEvicts ? ["capacity", "maxWeight"] : []
  for (const option of [...replaced.options, ...bounds]) {
    if (!(option in over)) delete merged[option]
  }
  return merged
}
