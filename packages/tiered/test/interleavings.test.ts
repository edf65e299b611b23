import { MemorySpace, type SpaceTerms } from "@evictionary/tiered/memory"
import { afterEach, describe, expect, test, vi } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { Loading } from "../src/loading.ts"
import { Local } from "../src/local.ts"
import { Pending } from "../src/pending.ts"
import { explore } from "./explorer.ts"
import { LARGE, SCENARIOS } from "./scenarios.ts"

describe("in whatever order things happen, nothing old comes back", () => {
  test.each(Object.entries(SCENARIOS))("when %s", async (_, scenario) => {
    const { violation, exhausted } = await explore(scenario, deep ? 50_000 : 40)
    expect(violation).toBe(undefined)
    expect(exhausted || !deep).toBe(true)
  })

  test.each(Object.entries(LARGE))("when %s", async (_, scenario) => {
    const { violation, exhausted } = await explore(scenario, deep ? 100_000 : 20)
    expect(violation).toBe(undefined)
    expect(exhausted).toBe(deep)
  })
})

type Inside = Pick<MemorySpace, keyof MemorySpace> & {
  entries: Map<string, unknown>
  leases: Map<string, { fence: string }>
  isLive(...args: unknown[]): boolean
  known(): object
  put(...args: unknown[]): void
  say(...args: unknown[]): void
}

/** A space with a mistake in it. */
const mistaken = (breaks: (space: Inside) => void) => (terms: SpaceTerms) => {
  const space = new MemorySpace(terms)
  breaks(space as unknown as Inside)
  return space
}

/** Mistakes of a tier. */
const TIERS: Record<string, [when: string, breaks: (space: Inside) => void]> = {
  "does not check the fence": [
    "one loads, the other deletes",
    (space) => {
      space.store = (loads) =>
        loads.map(({ key, entry }) => {
          space.leases.delete(key)
          space.put(key, entry, space.known())
          return true
        })
    },
  ],
  "keeps the lease of a key that is removed": [
    "one loads, the other deletes",
    (space) => {
      space.remove = (origin, keys) => {
        for (const key of keys) {
          space.entries.delete(key)
          space.say(origin, { kind: "key", key })
        }
      }
    },
  ],
  "keeps the lease of a key that is written": [
    "one loads, the other sets",
    (space) => {
      const { write } = space
      space.write = (...args) => {
        const lease = space.leases.get(args[2])
        const written = write.apply(space, args)
        if (lease) space.leases.set(args[2], lease)
        return written
      }
    },
  ],
  "does not look at tags": [
    "one loads, the other invalidates",
    (space) => {
      const { isLive } = space
      space.isLive = (state) => isLive.call(space, state, [])
    },
  ],
}

/** Mistakes of the cache. */
const CACHES: Record<string, [when: string, breaks: () => unknown]> = {
  "keeps what another has changed": [
    "one looks, the other sets",
    () =>
      vi.spyOn(Local.prototype, "change").mockImplementation(function (this: Local<unknown>, key) {
        ;(this as unknown as { pending: Pending }).pending.soil(key)
      }),
  ],
  "does not mark what is under way": [
    "one looks, the other sets",
    () => vi.spyOn(Pending.prototype, "soil").mockImplementation(() => {}),
  ],
  "does not count invalidations of tags": [
    "one looks, the other invalidates",
    () => vi.spyOn(Local.prototype, "changeTags").mockImplementation(() => {}),
  ],
  "does not count clearing": [
    "one looks, the other clears",
    () =>
      vi.spyOn(Local.prototype, "changeAll").mockImplementation(function (this: Local<unknown>) {
        this.cache.clear()
      }),
  ],
  "keeps a value whose store was refused": [
    "both load",
    () => vi.spyOn(Local.prototype, "release").mockImplementation(() => {}),
  ],
  "lets callers join a load that is out of date": [
    "one deletes and loads again, and reads only what is new",
    () => vi.spyOn(Loading.prototype, "detach").mockImplementation(() => {}),
  ],
}

/** Whether some order of the scenario shows that something is wrong. */
async function isCaught(
  when: string,
  space?: (terms: SpaceTerms) => MemorySpace,
): Promise<boolean> {
  const { violation } = await explore(SCENARIOS[when]!, 10_000, space)
  return violation !== undefined
}

describe("it would be noticed", () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test.each(Object.entries(TIERS))("if a tier %s", async (_, [when, breaks]) => {
    expect(await isCaught(when, mistaken(breaks))).toBe(true)
  })

  test.each(Object.entries(CACHES))("if the cache %s", async (_, [when, breaks]) => {
    breaks()
    expect(await isCaught(when)).toBe(true)
  })
})
