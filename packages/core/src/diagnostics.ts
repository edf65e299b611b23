/// <reference types="node" />
import { channel } from "node:diagnostics_channel"
import type { Cache } from "./cache.ts"
import type { RemovalCause } from "./listeners.ts"

/** What is published when a lookup that counts has found something: `evictionary:hit`. */
export interface HitMessage {
  /** As given to {@link publish}. */
  name: string
  cache: Cache<unknown, unknown>
  key: unknown
  value: unknown
}

/** When such a lookup has found nothing: `evictionary:miss`. */
export type MissMessage = Omit<HitMessage, "value">

/** When an entry has come under a key that had none: `evictionary:insert`. */
export type InsertMessage = HitMessage

/** When a value has come in place of another, or of itself: `evictionary:update`. */
export interface UpdateMessage extends HitMessage {
  previous: unknown
}

/** When a value has been computed: `evictionary:load`. */
export interface LoadMessage extends HitMessage {
  /** Milliseconds. */
  duration: number
}

/** When computing one has failed: `evictionary:load-error`. */
export interface LoadErrorMessage extends MissMessage {
  error: unknown
  /** Milliseconds. */
  duration: number
}

/** When an entry has left: `evictionary:removal`. */
export interface RemovalMessage extends HitMessage {
  cause: RemovalCause
}

/**
 * Publishes what happens in a cache on Node's diagnostics channels, where tracing and metrics pick
 * it up. Returns the function that ends it. Nothing is made up for a channel without subscribers,
 * but the cache looks there on every lookup.
 *
 * @example
 * ```ts
 * import diagnostics from "node:diagnostics_channel"
 *
 * publish(users, "users")
 * diagnostics.subscribe("evictionary:removal", ({ name, cause }) => count(name, cause))
 * ```
 */
export function publish<K, V>(cache: Cache<K, V>, name: string): () => void {
  const about = (details: object) => ({ name, cache, ...details })
  return cache.subscribe({
    onHit(key, value) {
      if (HIT.hasSubscribers) HIT.publish(about({ key, value }))
    },
    onMiss(key) {
      if (MISS.hasSubscribers) MISS.publish(about({ key }))
    },
    onInsert(key, value) {
      if (INSERT.hasSubscribers) INSERT.publish(about({ key, value }))
    },
    onUpdate(key, value, previous) {
      if (UPDATE.hasSubscribers) UPDATE.publish(about({ key, value, previous }))
    },
    onLoad(key, value, duration) {
      if (LOAD.hasSubscribers) LOAD.publish(about({ key, value, duration }))
    },
    onLoadError(key, error, duration) {
      if (LOAD_ERROR.hasSubscribers) LOAD_ERROR.publish(about({ key, error, duration }))
    },
    onRemoval(key, value, cause) {
      if (REMOVAL.hasSubscribers) REMOVAL.publish(about({ key, value, cause }))
    },
  })
}

const HIT = channel("evictionary:hit")
const MISS = channel("evictionary:miss")
const INSERT = channel("evictionary:insert")
const UPDATE = channel("evictionary:update")
const LOAD = channel("evictionary:load")
const LOAD_ERROR = channel("evictionary:load-error")
const REMOVAL = channel("evictionary:removal")
