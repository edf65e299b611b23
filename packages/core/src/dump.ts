import { checkDuration, checkWeight, invalid } from "./errors.ts"

/** The entries of a cache as plain data. */
export interface CacheDump<K, V> {
  /** Of this format. */
  readonly version: 1
  /** Next victim first. */
  readonly entries: readonly DumpedEntry<K, V>[]
}

/** An entry as plain data. Without a member, it has what an entry has that never expires, or 1. */
export interface DumpedEntry<K, V> {
  readonly key: K
  readonly value: V
  /** If it is not 1. */
  readonly weight?: number
  /** Milliseconds since the value was stored, if they are known. */
  readonly age?: number
  /** Milliseconds of its time to live that are left. */
  readonly ttl?: number
  /** Milliseconds that it may still go unused. */
  readonly idle?: number
}

/** Throws unless `dump` is one. */
export function checkDump(dump: CacheDump<unknown, unknown>): void {
  if (dump?.version !== 1 || !Array.isArray(dump.entries)) {
    throw invalid("INVALID_ARGUMENT", "dump", "what `dump()` returned", dump)
  }
  const entries: Iterable<[number, DumpedEntry<unknown, unknown> | null]> = dump.entries.entries()
  for (const [index, entry] of entries) {
    const name = `dump.entries[${index}]`
    if (typeof entry !== "object" || entry === null) {
      throw invalid("INVALID_ARGUMENT", name, "an object", entry)
    }
    if (entry.weight !== undefined) checkWeight("INVALID_ARGUMENT", `${name}.weight`, entry.weight)
    for (const time of ["age", "ttl", "idle"] as const) {
      if (entry[time] !== undefined)
        checkDuration("INVALID_ARGUMENT", `${name}.${time}`, entry[time])
    }
  }
}
