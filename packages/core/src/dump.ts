import { checkObject, inexact, invalid } from "./errors.ts"
import { checkTerms, OF_DUMPED } from "./options.ts"

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
  readonly weight?: number | undefined
  /** If it is not 1. */
  readonly cost?: number | undefined
  /** Milliseconds since the value was stored, if they are known. */
  readonly age?: number | undefined
  /** Milliseconds of its time to live that are left. */
  readonly ttl?: number | undefined
  /** Milliseconds that it may still go unused. */
  readonly idle?: number | undefined
}

/**
 * The entries of a dump, read and found right: whatever becomes of the dump does not matter. Without
 * a bound, all weights have to be added up.
 */
export function readDump<K, V>(dump: CacheDump<K, V>, maxWeight: number): DumpedEntry<K, V>[] {
  const entries = dump?.version === 1 && dump.entries
  if (!Array.isArray(entries)) {
    throw invalid("INVALID_ARGUMENT", "dump", "what `dump()` returned", dump)
  }
  let rest = Number.MAX_SAFE_INTEGER
  return Array.from({ length: entries.length }, (_, index) => {
    const name = `dump.entries[${index}]`
    const entry = readEntry<K, V>(name, entries[index])
    const { weight = 1 } = entry
    if (weight > rest && maxWeight === Infinity) throw inexact(`${name}.weight`, rest, weight)
    rest -= weight
    return entry
  })
}

function readEntry<K, V>(name: string, entry: DumpedEntry<K, V>): DumpedEntry<K, V> {
  checkObject("INVALID_ARGUMENT", name, entry)
  const { key, value, weight, cost, age, ttl, idle } = entry
  const terms = { weight, cost, age, ttl, idle }
  checkTerms(`${name}.`, terms, OF_DUMPED)
  return { key, value, ...terms }
}
