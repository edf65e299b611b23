import type { TestCache } from "@evictionary/conformance"
import type { CacheDump, DumpedEntry } from "@evictionary/core"
import { type Mutants, members } from "../broken.ts"

type Dump = CacheDump<unknown, unknown>
type Entry = DumpedEntry<unknown, unknown>

/** The dump with other entries. */
function changed(dump: Dump, change: (entry: Entry) => Entry): Dump {
  return { version: 1, entries: dump.entries.map(change) }
}

/** Stores one entry after the other. */
function storeAll(cache: TestCache, { entries }: Dump): void {
  for (const { key, value, ttl, weight } of entries) cache.set(key, value, { ttl, weight })
}

export const dumps: Mutants = {
  "`load(dump())` gives back the entries, their order, weights, costs and the time they have left":
    {
      "the order is turned round": members((cache) => ({
        load: ({ entries }) => cache.load({ version: 1, entries: [...entries].reverse() }),
      })),
      "weights are lost": members((cache) => ({
        dump: () => changed(cache.dump(), ({ weight: _weight, ...entry }) => entry),
      })),
      "costs are lost": members((cache) => ({
        load: (dump) => cache.load(changed(dump, ({ cost: _cost, ...entry }) => entry)),
      })),
      "deadlines are lost": members((cache) => ({
        dump: () => changed(cache.dump(), ({ ttl: _ttl, ...entry }) => entry),
      })),
      "idle time begins anew": members((cache) => ({
        load: (dump) => cache.load(changed(dump, ({ idle: _idle, ...entry }) => entry)),
      })),
      "what was there before stays": members((cache) => ({
        load: (dump) => storeAll(cache, dump),
      })),
    },
  "a dump outlives the journey through JSON, and time stands still meanwhile": {
    "time goes on": members((cache, { clock }) => {
      let at = 0
      return {
        dump() {
          at = clock?.now() ?? 0
          return cache.dump()
        },
        load(dump) {
          const passed = (clock?.now() ?? 0) - at
          const aged = ({ ttl = Infinity, ...entry }: Entry): Entry => ({
            ...entry,
            ttl: Math.max(ttl - passed, 0),
          })
          cache.load(changed(dump, aged))
        },
      }
    }),
    "what JSON cannot say": members((cache) => ({
      dump: () => changed(cache.dump(), (entry) => ({ ...entry, ttl: entry.ttl ?? Infinity })),
    })),
    "ages begin anew": members((cache) => ({
      load: (dump) => cache.load(changed(dump, ({ age: _age, ...entry }) => entry)),
    })),
  },
  "what there is no room for in a dump is left out, coldest first, and nobody is evicted": {
    "stored one after the other": members((cache) => ({
      load(dump) {
        cache.clear()
        storeAll(cache, dump)
      },
    })),
    "the first ones are kept": members((cache) => ({
      load: ({ entries }) =>
        cache.load({
          version: 1,
          entries: entries.slice(0, Math.min(cache.capacity, entries.length)),
        }),
    })),
  },
  "what is no dump is refused, and nothing has changed": {
    "emptied before looking": members((cache) => ({
      load(dump) {
        cache.clear()
        cache.load(dump)
      },
    })),
    "nobody is told": members((cache) => ({
      load(dump) {
        try {
          cache.load(dump)
        } catch {
          // It goes on with what is there.
        }
      },
    })),
    "times are not looked at": members((cache) => ({
      load(dump) {
        const entries = dump?.entries
        if (!Array.isArray(entries) || entries.length !== 1 || !entries[0]?.key) cache.load(dump)
        else cache.load(changed(dump, ({ key, value, weight = 1 }) => ({ key, value, weight })))
      },
    })),
  },
}
