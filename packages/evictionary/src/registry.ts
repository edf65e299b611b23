import {
  CacheError,
  invalid,
  type Strategy,
  type StrategyTraits,
  type UnboundedStrategy,
} from "@evictionary/core"
import { builtIn } from "./built-in.ts"
import { nearest } from "./nearest.ts"

/** A strategy, whatever options it adds. */
export type AnyStrategy = Strategy | UnboundedStrategy

/** How to load packages. */
export interface ImportOptions {
  /**
   * Imports a package. By default `import(name)`, which looks for the package where this one is
   * installed; give `(name) => import(name)` to have it looked for beside your own file.
   */
  readonly import?: ((name: string) => Promise<object>) | undefined
}

/** Names in configuration, as opposed to those of packages. */
const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/**
 * A package, with the strategy that is meant after a `#` where it has several: a name that npm would
 * publish, so none that leads to another folder.
 */
export const PACKAGE: RegExp =
  /^(?=.{1,214}(?:#|$))((?:@[a-z0-9._~!'()*-]+\/(?!\.)|evictionary-)[a-z0-9._-]+)(?:#(.+))?$/

/** The strategies that there are, by name. */
export class Registry {
  private readonly strategies: Map<string, AnyStrategy>
  /** Strategies that were loaded, by what was asked for: a package, perhaps with `#` and a name. */
  private readonly loaded: Map<string, AnyStrategy>

  /** @internal */
  constructor(strategies: object) {
    this.strategies = new Map(Object.entries(strategies))
    this.loaded = new Map()
  }

  /** The names, in the order of the alphabet. */
  get names(): string[] {
    return [...this.strategies.keys()].sort()
  }

  /**
   * Makes a strategy known by its name. Adding it again changes nothing.
   *
   * @throws {CacheError} `INVALID_ARGUMENT` if it is no strategy, if its name is not lower case with
   * hyphens, or if another strategy has the name.
   *
   * @example
   * ```ts
   * registry.add(myStrategy)
   * createCache("my-strategy, capacity=100")
   * ```
   */
  add(strategy: StrategyTraits): void {
    if (!isStrategy(strategy)) throw invalid("INVALID_ARGUMENT", "strategy", "a strategy", strategy)
    const { strategyName: name } = strategy
    if (!NAME.test(name)) {
      throw invalid("INVALID_ARGUMENT", "strategyName", "lower case with hyphens", name)
    }
    if ((this.strategies.get(name) ?? strategy) !== strategy) {
      throw invalid("INVALID_ARGUMENT", "strategyName", "one that no other strategy has", name)
    }
    this.strategies.set(name, strategy)
  }

  /**
   * The strategy of that name, or of that package if it has been loaded.
   *
   * @throws {CacheError} `INVALID_OPTION` if there is none, with the names that there are.
   */
  get(name: string): AnyStrategy {
    const strategy = this.strategies.get(name) ?? this.loaded.get(name)
    if (strategy !== undefined) return strategy
    if (typeof name === "string" && PACKAGE.test(name)) {
      throw invalid(
        "INVALID_OPTION",
        "strategy",
        "a package loaded by createCacheAsync or cachesAsync",
        name,
      )
    }
    const { message } = invalid(
      "INVALID_OPTION",
      "strategy",
      `one of ${this.names.join(", ")}, or the name of a package`,
      name,
    )
    throw new CacheError("INVALID_OPTION", message + nearest(name, this.names))
  }

  /**
   * The strategy of that name, which may be a package: `"@acme/cache-mystrategy"`, or
   * `"@acme/strategies#mine"` if that exports several. Packages have a scope, or `evictionary-`
   * before their name, so that a misspelt strategy is never imported.
   *
   * @throws {CacheError} `INVALID_OPTION` if there is none, or if the package does not say which.
   */
  async load(name: string, options: ImportOptions = {}): Promise<AnyStrategy> {
    const [, specifier, wanted] = PACKAGE.exec(name) ?? []
    if (specifier === undefined || this.loaded.has(name)) return this.get(name)
    const strategy = strategyIn(await imported(specifier, options), specifier, wanted)
    this.loaded.set(name, strategy)
    return strategy
  }
}

/** The strategies that configurations may name. */
export const registry: Registry = /* @__PURE__ */ new Registry(builtIn)

async function imported(name: string, options: ImportOptions): Promise<object> {
  const load =
    options.import ??
    ((name: string) => import(/* @vite-ignore */ /* webpackIgnore: true */ name) as Promise<object>)
  try {
    return await load(name)
  } catch (cause) {
    const { code, message } = invalid("INVALID_OPTION", "strategy", "an installed package", name)
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CacheError(code, `${message}: ${why}`, { cause })
  }
}

/** The strategy that a module exports; `wanted` is its name if there may be several. */
function strategyIn(module: object, specifier: string, wanted: string | undefined): AnyStrategy {
  const exported = [...new Set<unknown>(Object.values(module))].filter(isStrategy)
  const found = exported.filter(({ strategyName }) => (wanted ?? strategyName) === strategyName)
  if (found.length === 1) return found[0]!
  const choices = exported.map(({ strategyName }) => `${specifier}#${strategyName}`)
  const must =
    choices.length === 0 ? "a package that exports a strategy" : `one of ${choices.join(", ")}`
  throw invalid("INVALID_OPTION", "strategy", must, specifier + (wanted ? `#${wanted}` : ""))
}

/** Whether that is what `defineStrategy` makes. */
export function isStrategy(value: unknown): value is AnyStrategy {
  const traits = value as Partial<StrategyTraits> | null | undefined
  return (
    typeof value === "function" &&
    typeof traits?.strategyName === "string" &&
    typeof traits.createPolicy === "function" &&
    Array.isArray(traits.options)
  )
}
