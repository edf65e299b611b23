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
    const { violation, exhausted } = await explore(scenario, 50_000)
    expect(violation).toBe(undefined)
    expect(exhausted).toBe(true)
  })

  test.each(Object.entries(LARGE))("when %s", async (_, scenario) => {
    const { violation, schedules } = await explore(scenario, deep ? 100_000 : 300)
    expect(violation).toBe(undefined)
    expect(schedules).toBeGreaterThan(100)
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
const TIERS: Record<string, (space: Inside) => void> = {
  "does not check the fence": (space) => {
    space.store = (loads) =>
      loads.map(({ key, entry }) => {
        space.leases.delete(key)
        space.put(key, entry, space.known())
        return true
      })
  },
  "keeps the lease of a key that is removed": (space) => {
    space.remove = (origin, keys) => {
      for (const key of keys) {
        space.entries.delete(key)
        space.say(origin, { kind: "key", key })
      }
    }
  },
  "keeps the lease of a key that is written": (space) => {
    const { write } = space
    space.write = (...args) => {
      const lease = space.leases.get(args[2])
      const written = write.apply(space, args)
      if (lease) space.leases.set(args[2], lease)
      return written
    }
  },
  "does not look at tags": (space) => {
    const { isLive } = space
    space.isLive = (state) => isLive.call(space, state, [])
  },
}

/** Mistakes of the cache. */
const CACHES: Record<string, () => unknown> = {
  "keeps what another has changed": () =>
    vi.spyOn(Local.prototype, "change").mockImplementation(function (this: Local<unknown>, key) {
      ;(this as unknown as { pending: Pending }).pending.soil(key)
    }),
  "does not mark what is under way": () =>
    vi.spyOn(Pending.prototype, "soil").mockImplementation(() => {}),
  "does not count invalidations of tags": () =>
    vi.spyOn(Local.prototype, "changeTags").mockImplementation(() => {}),
  "does not count clearing": () =>
    vi.spyOn(Local.prototype, "changeAll").mockImplementation(function (this: Local<unknown>) {
      this.cache.clear()
    }),
  "keeps a value whose store was refused": () =>
    vi.spyOn(Local.prototype, "release").mockImplementation(() => {}),
  "lets callers join a load that is out of date": () =>
    vi.spyOn(Loading.prototype, "detach").mockImplementation(() => {}),
}

/** Whether some order of some scenario shows that something is wrong. */
async function isCaught(space?: (terms: SpaceTerms) => MemorySpace): Promise<boolean> {
  for (const scenario of Object.values({ ...SCENARIOS, ...LARGE })) {
    const { violation } = await explore(scenario, 500, space)
    if (violation) return true
  }
  return false
}

describe("it would be noticed", () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test.each(Object.entries(TIERS))("if a tier %s", async (_, breaks) => {
    expect(await isCaught(mistaken(breaks))).toBe(true)
  })

  test.each(Object.entries(CACHES))("if the cache %s", async (_, breaks) => {
    breaks()
    expect(await isCaught()).toBe(true)
  })
})
