import type { Cache } from "./cache.ts"
import { createEngine } from "./engine.ts"
import { invalid } from "./errors.ts"
import {
  type AnyOptions,
  type BoundedOptions,
  type CacheOptions,
  checkOwn,
  readMembers,
  readOptions,
} from "./options.ts"
import type { KeepingPolicy, Policy, PolicyContext } from "./policy.ts"

/** What its policy does and does not do; the laws of `@evictionary/conformance` hold it to either. */
export interface Capabilities {
  /** It takes no `capacity`, and nothing leaves unless told to. */
  readonly neverEvicts: boolean
  /** Hits change who leaves. */
  readonly promotes: boolean
  /** It remembers departed keys, as ghosts or by their frequency: who comes back may fare better. */
  readonly remembers: boolean
  /** Reading many new keys once does not flush what is read again and again. */
  readonly scanResistant: boolean
  /**
   * Storing entries in the order of iteration does not rebuild that order; its policy knows by
   * `arrange` how to.
   */
  readonly rearranges: boolean
  /** What entries weigh or cost changes who leaves. */
  readonly weighs: boolean
  /** Who leaves next depends on the newcomer: `coldest(1)` need not be the next victim. */
  readonly unforeseeable: boolean
  /** It tells keys apart by more than whether they are there: by their hashes, say. */
  readonly countsKeys: boolean
}

/** What a strategy says of itself, whatever its options. */
export interface StrategyTraits extends Capabilities {
  /** Its name, in configuration and in tables: lower case with hyphens. */
  readonly strategyName: string
  /** The names of the options that it adds to those of every cache. */
  readonly options: readonly string[]
  /** How many keys may be known, beside as many as fit, as a multiple of the capacity. */
  readonly ghosts: number | ((options: never) => number)
  /**
   * Makes its policy, for one cache.
   *
   * @throws {CacheError} `INVALID_OPTION` if an option of its own is not what it must be.
   */
  createPolicy(context: PolicyContext<object>): Policy
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
export interface StrategyDefinition<Own extends object> extends Partial<Capabilities> {
  /** The names of the options that the strategy adds; the policy checks their values. */
  options?: readonly (keyof Own & string)[]
  /**
   * The most ghosts in a full cache, as a multiple of the capacity, which may depend on its own
   * options; `Infinity` where the paper has no bound. 1 by default.
   */
  ghosts?: number | ((options: Own) => number)
}

/** What holds of a strategy unless it tells something else. */
const UNTOLD = {
  neverEvicts: false,
  promotes: false,
  remembers: false,
  scanResistant: false,
  rearranges: false,
  weighs: false,
  unforeseeable: false,
  countsKeys: false,
  ghosts: 1,
  options: [],
}

/**
 * Makes a strategy from a policy.
 *
 * @throws {CacheError} `INVALID_ARGUMENT` if the name is not in lower case with hyphens, or if one
 * of its own options has the name of an option of every cache; `UNKNOWN_OPTION` if it is told what
 * it does not know.
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
  definition: StrategyDefinition<Own> = {},
): Strategy<Own> | UnboundedStrategy<Own> {
  const names = Object.keys(UNTOLD) as (keyof typeof UNTOLD)[]
  const told = readMembers("INVALID_ARGUMENT", "definition", definition, names)
  const all = { ...UNTOLD, ...(told as Partial<StrategyTraits>) }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw invalid("INVALID_ARGUMENT", "name", "lower case with hyphens", name)
  }
  checkOwn(all.options)
  const traits: StrategyTraits = {
    strategyName: name,
    ...all,
    options: Object.freeze([...all.options]),
    createPolicy: (context) => createPolicy(context as PolicyContext<Own>) as Policy,
  }
  function strategy<K, V>(options: AnyOptions<K, V> = {}): Cache<K, V> {
    return createEngine<K, V>(traits, readOptions(options, traits))
  }
  Object.defineProperty(strategy, "name", { value: name })
  return Object.freeze(Object.assign(strategy, traits)) as never
}
