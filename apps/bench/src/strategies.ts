import { existsSync, readdirSync, readFileSync } from "node:fs"
import type { Cache, Strategy, StrategyTraits, UnboundedStrategy } from "@evictionary/core"

/** Where to find a strategy, in a form that can be sent to another process. */
export interface FoundStrategy extends Pick<StrategyTraits, "neverEvicts" | "strategyName"> {
  /** The module that exports it, as a file URL. */
  module: string
  exportName: string
}

interface Manifest {
  name: string
  keywords?: string[]
  exports?: { "."?: Record<string, string> }
}

const PACKAGES = new URL("../../../packages/", import.meta.url)

/**
 * The strategies of this repository: whatever a package with the keyword `evictionary-strategy`
 * exports that is one. A new strategy package is found without being named here.
 *
 * `condition` is the entry of `exports` to import: what users get, by default. Those that never
 * evict come first, then `lru`, which the others are measured by, then the others by name.
 */
export async function findStrategies(
  packages: URL = PACKAGES,
  condition = "default",
): Promise<FoundStrategy[]> {
  const found = new Map<string, FoundStrategy>()
  for (const folder of readdirSync(packages).sort()) {
    const manifest = new URL(`${folder}/package.json`, packages)
    if (!existsSync(manifest)) continue
    for (const each of await strategiesOf(manifest, condition)) {
      if (!found.has(each.strategyName)) found.set(each.strategyName, each)
    }
  }
  return [...found.values()].sort(
    (a, b) => rank(a) - rank(b) || a.strategyName.localeCompare(b.strategyName),
  )
}

function rank({ neverEvicts, strategyName }: FoundStrategy): number {
  return neverEvicts ? 0 : strategyName === "lru" ? 1 : 2
}

async function strategiesOf(manifest: URL, condition: string): Promise<FoundStrategy[]> {
  const { name, keywords, exports } = JSON.parse(readFileSync(manifest, "utf8")) as Manifest
  if (!keywords?.includes("evictionary-strategy")) return []
  const entry = exports?.["."]?.[condition]
  if (entry === undefined) throw new Error(`${name} exports nothing under "${condition}"`)
  const module = new URL(entry, manifest)
  if (!existsSync(module)) throw new Error(`${name} is not built: run the script \`build\` first`)
  return Object.entries(await load(module.href)).flatMap(([exportName, value]) =>
    isStrategy(value)
      ? [
          {
            strategyName: value.strategyName,
            neverEvicts: value.neverEvicts,
            module: module.href,
            exportName,
          },
        ]
      : [],
  )
}

function isStrategy(value: unknown): value is Strategy | UnboundedStrategy {
  return typeof value === "function" && "strategyName" in value
}

function load(module: string): Promise<Record<string, unknown>> {
  return import(/* @vite-ignore */ module)
}

/** Imports a strategy. */
export async function loadStrategy({
  module,
  exportName,
}: FoundStrategy): Promise<Strategy | UnboundedStrategy> {
  return (await load(module))[exportName] as Strategy | UnboundedStrategy
}

/** Imports a strategy; the result makes caches of it. */
export async function cacheMaker<K, V>(
  found: FoundStrategy,
): Promise<(capacity: number) => Cache<K, V>> {
  const strategy = await loadStrategy(found)
  return (capacity) =>
    strategy.neverEvicts ? strategy<K, V>() : (strategy as Strategy)<K, V>({ capacity })
}
