import { strategyNameIn } from "./config.ts"
import { locatedAsync } from "./located.ts"
import { type ImportOptions, registry } from "./registry.ts"

/** Imports the package that a configuration names as its strategy, if it does. */
export async function loadStrategy(config: unknown, options: ImportOptions): Promise<void> {
  const name = strategyNameIn(config)
  if (typeof name !== "string") return
  const load = () => registry.load(name, options)
  await (typeof config === "string" ? locatedAsync(JSON.stringify(config), load) : load())
}
