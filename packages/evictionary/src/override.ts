import { located } from "./located.ts"
import { registry } from "./registry.ts"
import { parseText } from "./text.ts"

/**
 * A configuration with what a text says in place of what it said. What only the replaced strategy
 * understands goes with it.
 */
export function overridden(config: unknown, override: string | undefined): unknown {
  if (override === undefined) return config
  const over = parseText(override)
  const base =
    typeof config === "string" ? located(JSON.stringify(config), () => parseText(config)) : config
  const merged: Record<string, unknown> = { ...(base as object), ...over }
  const strategy = (base as { strategy?: string } | undefined)?.strategy
  if (strategy !== undefined && over.strategy !== undefined && over.strategy !== strategy) {
    for (const own of registry.get(strategy).options) {
      if (!(own in over)) delete merged[own]
    }
  }
  return merged
}
