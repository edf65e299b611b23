import type { BoundedOptions, Cache, CacheOptions } from "./cache.ts"
import { Engine } from "./engine.ts"
import { CacheError, checkCount, checkFunction, invalid } from "./errors.ts"
import type { KeepingPolicy, Policy, PolicyContext } from "./policy.ts"

/** What a strategy says of itself, whatever its options. */
export interface StrategyTraits {
  /** Its name, in configuration and in tables: lower case with hyphens. */
  readonly strategyName: string
  /** It takes no `capacity`, and nothing leaves unless told to. */
  readonly neverEvicts: boolean
}

/** A rule that picks victims, as a function that makes caches. `Own` are the options it adds. */
export interface Strategy<Own extends object = object> extends StrategyTraits {
  /** @throws {CacheError} `INVALID_OPTION` or `UNKNOWN_OPTION`, naming the option. */
  <K, V>(options: BoundedOptions<K, V> & Own): Cache<K, V>
  readonly neverEvicts: false
}

/** A {@link Strategy} that never evicts, and so takes no `capacity`. */
export interface UnboundedStrategy<Own extends object = object> extends StrategyTraits {
  /** @throws {CacheError} `INVALID_OPTION` or `UNKNOWN_OPTION`, naming the option. */
  <K, V>(options?: CacheOptions<K, V> & Partial<Own>): Cache<K, V>
  readonly neverEvicts: true
}

/** What {@link defineStrategy} can be told beside the policy. */
export interface StrategyDefinition<Own extends object> {
  /** The policy never evicts: the strategy takes no `capacity`, and the policy needs no `evict`. */
  neverEvicts?: boolean
  /** The names of the options that the strategy adds; the policy checks their values. */
  options?: readonly (keyof Own & string)[]
}

/**
 * Makes a strategy from a policy.
 *
 * @example
 * ```ts
 * export const fifo: Strategy = defineStrategy("fifo", ({ slots }) => new FifoPolicy(slots))
 * const cache = fifo<string, number>({ capacity: 100 })
 * ```
 */
export function defineStrategy<Own extends object = object>(
  name: string,
  createPolicy: (context: PolicyContext<Own>) => KeepingPolicy,
  definition: StrategyDefinition<Own> & { neverEvicts: true },
): UnboundedStrategy<Own>
export function defineStrategy<Own extends object = object>(
  name: string,
  createPolicy: (context: PolicyContext<Own>) => Policy,
  definition?: StrategyDefinition<Own> & { neverEvicts?: false },
): Strategy<Own>
export function defineStrategy<Own extends object>(
  name: string,
  createPolicy: (context: PolicyContext<Own>) => Policy | KeepingPolicy,
  { neverEvicts = false, options: own = [] }: StrategyDefinition<Own> = {},
): Strategy<Own> | UnboundedStrategy<Own> {
  const known = [...(neverEvicts ? [] : ["capacity"]), ...own, "onRemoval", "onListenerError"]

  function strategy<K, V>(options: BoundedOptions<K, V> & Own = {} as never): Cache<K, V> {
    checkOptions(options, known)
    return new Engine<K, V>(
      name,
      (capacity, slots) => createPolicy({ capacity, slots, options }) as Policy,
      neverEvicts,
      options,
    )
  }
  Object.defineProperty(strategy, "name", { value: name })
  return Object.freeze(Object.assign(strategy, { strategyName: name, neverEvicts })) as never
}

function checkOptions(options: Partial<BoundedOptions<never, never>>, known: string[]): void {
  if (typeof options !== "object" || options === null) {
    throw invalid("INVALID_OPTION", "options", "an object", options)
  }
  const unknown = Object.keys(options).find((option) => !known.includes(option))
  if (unknown !== undefined) {
    throw new CacheError(
      "UNKNOWN_OPTION",
      `\`${unknown}\` is not an option; the options are ${known.join(", ")}`,
    )
  }
  if (known.includes("capacity")) checkCount("INVALID_OPTION", "capacity", options.capacity)
  for (const listener of ["onRemoval", "onListenerError"] as const) {
    if (options[listener] !== undefined) {
      checkFunction("INVALID_OPTION", listener, options[listener])
    }
  }
}
