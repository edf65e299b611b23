import type { AnyStrategy, TestCache } from "@evictionary/conformance"
import {
  type CacheOptions,
  type Capabilities,
  defineStrategy,
  type Policy,
  type SlotParts,
} from "@evictionary/core"
import { Recency, recency } from "../../core/test/policies.ts"

export type Options = CacheOptions<unknown, unknown> & { capacity: number; maxWeight?: number }
type Members = { [Name in keyof TestCache]?: TestCache[Name] }

/** What a chapter's laws are broken by: title of the law, name of the mistake, who makes it. */
export type Mutants = Record<string, Record<string, AnyStrategy>>

export const eternal = defineStrategy("eternal", ({ slots }) => new Recency(slots), {
  neverEvicts: true,
})

/** A strategy whose policy is broken, or does not do what is said of it. */
export function policy(
  create: (slots: SlotParts, capacity: number) => Policy,
  says: Partial<Omit<Capabilities, "neverEvicts">> = {},
): AnyStrategy {
  return defineStrategy("broken", ({ slots, capacity }) => create(slots, capacity), says)
}

/** A strategy whose caches do something else in some members. */
export function members(
  change: (cache: TestCache, options: Options) => Members,
  base: AnyStrategy = recency,
): AnyStrategy {
  return altered((options) => {
    const cache = (base as (options: Options) => TestCache)(options)
    return [cache, change(cache, options)]
  }, base)
}

/** A strategy whose caches are made from other options than those given. */
export function options(
  change: (options: Options) => object,
  base: AnyStrategy = recency,
): AnyStrategy {
  const make = base as (options: object) => TestCache
  return altered((given) => [make(given === null ? given : change(given)), {}], base)
}

/** A strategy whose caches are those that `make` gives, but for some members. */
export function altered(
  make: (options: Options) => [TestCache, Members],
  base: AnyStrategy,
): AnyStrategy {
  function strategy(options: Options): TestCache {
    const [cache, changed] = make(options)
    const self: TestCache = new Proxy(cache, {
      get(target, name) {
        const owner = Object.hasOwn(changed, name) ? changed : target
        if (name === "forEach" && owner === target) {
          return (callback: Parameters<TestCache["forEach"]>[0], thisArg: unknown) => {
            if (typeof callback !== "function") return target.forEach(callback)
            target.forEach((value, key) => {
              callback.call(thisArg, value, key, self)
            })
          }
        }
        const value: unknown = Reflect.get(owner, name, owner)
        if (typeof value !== "function") return value
        return (...args: unknown[]) => {
          const result: unknown = value.apply(owner === target ? target : self, args)
          return result === target ? self : result
        }
      },
    })
    return self
  }
  return Object.assign(strategy, { ...base }) as never
}

/** What a cache of these options would weigh a value at. */
export function weighed({ weigher }: Options, value: unknown, key: unknown, told?: number): number {
  return told ?? weigher?.(value, key) ?? 1
}

/** The key of the next victim. */
export function firstKey(cache: TestCache): unknown {
  return cache.coldest(1)[0]?.[0]
}
