import { lru } from "@evictionary/lru"
import { type TieredCache, type TieredOptions, tiered } from "@evictionary/tiered"
import { MemoryTier, type MemoryTierOptions, VirtualClock } from "@evictionary/tiered/memory"

type Options<V> = Partial<TieredOptions<V>>

/** What stands in for processes that share a tier. */
export interface Processes<V> {
  readonly clock: VirtualClock
  readonly tier: MemoryTier
  readonly errors: string[]
  /** Another process. */
  start(options?: Options<V>): TieredCache<string, V>
  /** Lets time pass until what is under way has ended; less than any heartbeat. */
  settle(): Promise<void>
}

/** Processes on one machine that share a tier in memory, and a clock that stands still. */
export function processes<V = unknown>(
  common: Options<V> = {},
  terms: MemoryTierOptions = {},
): Processes<V> {
  const clock = new VirtualClock()
  const tier = new MemoryTier({ clock, ...terms })
  const errors: string[] = []
  return {
    clock,
    tier,
    errors,
    start: (options = {}) =>
      tiered<string, V>({
        l1: { strategy: lru, capacity: 1_000 },
        l2: tier,
        namespace: "test",
        ttl: 60_000,
        clock,
        random: () => 0.5,
        onError: (error, operation) => errors.push(`${operation}: ${(error as Error).message}`),
        ...common,
        ...options,
      }),
    settle: () => clock.advance(1),
  }
}

/** Two of them that have connected. */
export async function pair<V = unknown>(
  common: Options<V> = {},
  terms: MemoryTierOptions = {},
): Promise<
  Processes<V> & { readonly a: TieredCache<string, V>; readonly b: TieredCache<string, V> }
> {
  const all = processes(common, terms)
  const [a, b] = [all.start(), all.start()]
  await all.settle()
  return { ...all, a, b }
}

/** A promise, and what settles it. */
export function deferred<T>(): {
  promise: Promise<T>
  resolve(value: T): void
  reject(error: unknown): void
} {
  let resolve: (value: T) => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<T>((ok, no) => {
    resolve = ok
    reject = no
  })
  return { promise, resolve, reject }
}

/** As whom a cache speaks to the tier: a random name. */
export function originOf(cache: object): string {
  return (cache as { changes: { context: { origin: string } } }).changes.context.origin
}
