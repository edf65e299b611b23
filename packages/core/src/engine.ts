import { Access } from "./access.ts"
import type { Cache, ExpiryTerms } from "./cache.ts"
import { dispose } from "./dispose.ts"
import { type CacheDump, readDump } from "./dump.ts"
import { ASKED, HEARD, TRACKED, WATCHED, WEIGHED } from "./entries.ts"
import { CacheError, checkCount, invalid } from "./errors.ts"
import { inspectCache } from "./inspection.ts"
import type { CacheObserver } from "./listeners.ts"
import { type AnyOptions, OF_ALL, readMembers, readTerms } from "./options.ts"
import { INITIAL_LENGTH } from "./storage.ts"
import type { StrategyTraits } from "./strategy.ts"

export function createEngine<K, V>(
  strategy: StrategyTraits,
  options: AnyOptions<K, V>,
): Cache<K, V> {
  return new NamedEngine(strategy, options, options, INITIAL_LENGTH)
}

/** The one implementation of {@link Cache}: the operations on all of it. */
class Engine<K, V> extends Access<K, V> implements Cache<K, V> {
  declare [Symbol.dispose]: () => void

  static named(): typeof Engine {
    const members = {
      // What Node's `console.log` shows; that of browsers shows the tag.
      [Symbol.for("nodejs.util.inspect.custom")]: inspectCache,
      [dispose](this: Engine<unknown, unknown>): void {
        this.clear()
        this.timer?.stop()
      },
    }
    for (const name of Object.getOwnPropertySymbols(members)) {
      const value = members[name]
      Object.defineProperty(Engine.prototype, name, { value, writable: true, configurable: true })
    }
    return Engine
  }

  clear(): void {
    this.empty()
    this.timer?.stop()
    this.listeners.settle()
  }

  resize(capacity: number, maxWeight: number = this.maxWeight): void {
    checkCount("INVALID_ARGUMENT", "capacity", capacity)
    checkCount("INVALID_ARGUMENT", "maxWeight", maxWeight)
    const finite = Math.min(capacity, maxWeight)
    if (this.strategy.neverEvicts && finite < Infinity) {
      throw new CacheError(
        "UNSUPPORTED",
        `the strategy ${this.strategyName} never evicts, so it cannot be resized to ${finite}`,
      )
    }
    if (capacity === this.capacity && maxWeight === this.maxWeight) return
    if (maxWeight !== this.maxWeight) this.keepWeights()
    this.begin()
    this.refit(capacity, maxWeight)
    this.shrink(capacity, maxWeight)
    this.bound = capacity
    if (this.weights !== undefined) this.weights.max = maxWeight
    this.special |= WEIGHED
    this.simplify()
    this.end()
  }

  use(strategy: StrategyTraits, own: object = {}): void {
    if (typeof strategy?.createPolicy !== "function") {
      throw invalid("INVALID_ARGUMENT", "strategy", "a strategy", strategy)
    }
    const names = strategy.options as readonly never[]
    this.carryOver(strategy, readMembers("INVALID_ARGUMENT", "options", own, names))
  }

  expire(terms: ExpiryTerms<K, V>): void {
    const read = readTerms(terms, OF_ALL)
    this.keepTime()
    this.begin()
    this.special |= ASKED
    this.keepTime().change(read, read.idle === undefined ? [] : this.occupied())
    this.simplify()
    this.end()
  }

  purgeExpired(limit: number = Infinity): number {
    checkCount("INVALID_ARGUMENT", "limit", limit)
    this.begin()
    const purged = this.purge(limit)
    this.end()
    return purged
  }

  load(dump: CacheDump<K, V>): void {
    const entries = readDump(dump, this.maxWeight)
    if (entries.some(({ ttl }) => ttl !== undefined)) this.keepTime()
    if (entries.some(({ weight, cost }) => (weight ?? cost) !== undefined)) this.keepWeights()
    this.expiry?.tick()
    this.replace(this.thoseThatFit(entries))
    this.conclude()
  }

  subscribe(observer: CacheObserver<K, V>): () => void {
    const end = this.listeners.add(observer)
    // At once, if more than is needed.
    this.special |= HEARD | TRACKED | WATCHED
    this.simplify()
    return () => {
      end()
      this.simplify()
    }
  }

  protected sibling(
    strategy: StrategyTraits,
    options: AnyOptions<K, V>,
    own: object,
    length: number,
  ): Engine<K, V> {
    return new Engine(strategy, options, own, length)
  }
}

/**
 * The engine, with the members whose names are worked out. If the class had these from the outset,
 * bundlers could not leave it out where nothing of it is used.
 */
const NamedEngine = /* @__PURE__ */ Engine.named()
