import type { Tier, TierMessage } from "@evictionary/tiered"
import { tierLaws } from "@evictionary/tiered/laws"
import { MemorySpace, MemoryTier, type SpaceTerms, VirtualClock } from "@evictionary/tiered/memory"
import { expect, test } from "vitest"

type Inside = Pick<MemorySpace, keyof MemorySpace> & {
  terms: { tell(message: TierMessage): void; tags: number }
  meta: { floor: number; count: number; told: number; tags: Map<string, number> } | undefined
  entries: Map<string, unknown>
  leases: Map<string, { fence: string; isAwaited: boolean; end: number }>
  sessions: Map<string, object>
  known(): NonNullable<Inside["meta"]>
  isLive(...args: unknown[]): boolean
  leaseOf(key: string): { fence: string } | undefined
  say(...args: unknown[]): void
  put(...args: unknown[]): void
  readOne(...args: unknown[]): unknown
  prune(): void
}

/** Tiers that imitate a mistake one can make, and the law that each of them breaks. */
const MUTANTS: Record<string, [breaks: (space: Inside) => void, law: string]> = {
  "does not check the fence": [
    (space) => {
      space.store = (loads) =>
        loads.map(({ key, entry }) => {
          space.put(key, entry, { ...space.known(), incarnation: "x" })
          return true
        })
    },
    "a load stores nothing if its key is removed before it ends",
  ],
  "keeps the lease of a key that is removed": [
    (space) => {
      space.remove = (origin, keys) => {
        for (const key of keys) {
          space.entries.delete(key)
          space.say(origin, { kind: "key", key })
        }
      }
    },
    "a load stores nothing if its key is removed before it ends",
  ],
  "keeps the lease of a key that is written": [
    (space) => {
      const { write } = space
      space.write = (...args) => {
        const lease = space.leases.get(args[2])
        const written = write.apply(space, args)
        if (lease) space.leases.set(args[2], lease)
        return written
      }
    },
    "a load stores nothing if its key is written before it ends",
  ],
  "does not look at tags": [
    (space) => {
      const { isLive } = space
      space.isLive = (state) => isLive.call(space, state, [])
    },
    "a load stores nothing if one of its tags is invalidated before it ends",
  ],
  "looks at the first tag only": [
    (space) => {
      const { isLive } = space
      space.isLive = (state, tags) => isLive.call(space, state, (tags as string[]).slice(0, 1))
    },
    "an entry whose tag is invalidated is dead, and no other",
  ],
  "has no floor": [
    (space) => {
      space.clear = (origin) => {
        space.known().count++
        space.say(origin, { kind: "all" })
      }
    },
    "when all is cleared, all that was there is dead",
  ],
  "forgets tags, and does not raise the floor": [
    (space) => {
      space.prune = () => space.known().tags.clear()
    },
    "however many tags there are, none that is forgotten brings back",
  ],
  "tells nobody of a key that was absent": [
    (space) => {
      const { remove } = space
      space.remove = (origin, keys) =>
        remove.call(
          space,
          origin,
          keys.filter((key) => space.entries.has(key)),
        )
    },
    "every change is told, with who has made it, in order",
  ],
  "numbers messages from 0": [
    (space) => {
      const { tell } = space.terms
      space.terms.tell = (message) =>
        tell("number" in message ? { ...message, number: message.number - 1 } : message)
    },
    "changes are numbered without a gap, as the pulse says",
  ],
  "tells of what was stored": [
    (space) => {
      const { store } = space
      space.store = (loads) => {
        for (const { key } of loads) space.say("x", { kind: "key", key })
        return store.call(space, loads)
      }
    },
    "questions and loads are not told of, for they change nothing",
  ],
  "wakes nobody whose value could not be stored": [
    (space) => {
      const { store } = space
      space.store = (loads) => {
        const { tell } = space.terms
        space.terms.tell = () => {}
        const stored = store.call(space, loads)
        space.terms.tell = tell
        for (const [n, { key }] of loads.entries()) if (stored[n]) tell({ kind: "ended", key })
        return stored
      }
    },
    "that a lease has ended is told though nothing could be stored",
  ],
  "wakes all, whether anybody waits or not": [
    (space) => {
      const { release } = space
      space.release = (lease) => {
        const held = space.leases.get(lease.key)
        if (held) held.isAwaited = true
        release.call(space, lease)
      }
    },
    "questions and loads are not told of, for they change nothing",
  ],
  "lets an old connection write": [
    (space) => {
      const { write, sessions } = space
      space.write = (origin, _session, key, entry) =>
        write.call(space, origin, sessions.get(origin)!, key, entry)
    },
    "a connection writes until another of its origin is there",
  ],
  "ends the lease though it does not write": [
    (space) => {
      const { write } = space
      space.write = (origin, session, key, entry) => {
        space.leases.delete(key)
        return write.call(space, origin, session, key, entry)
      }
    },
    "a write that is refused ends no lease and tells nobody",
  ],
  "takes a lease for who peeks": [
    (space) => {
      const { readOne } = space
      space.readOne = (question, terms) =>
        readOne.call(space, { ...(question as object), mode: "load" }, terms)
    },
    "no lease is taken by who peeks, or where there is a fresh entry",
  ],
  "gives one fence to all": [
    (space) => {
      const { leaseOf } = space
      space.leaseOf = (key) => {
        const lease = leaseOf.call(space, key)
        if (lease) lease.fence = "same"
        return lease
      }
      const { store } = space
      space.store = (loads) =>
        store.call(
          space,
          loads.map((load) => ({ ...load, fence: "same" })),
        )
    },
    "a fence is for its key, and for one time",
  ],
  "never ends a lease": [
    (space) => {
      space.leaseOf = (key) => space.leases.get(key)
    },
    "a lease ends when its time is up, unless it is renewed",
  ],
  "does not renew": [
    (space) => {
      space.renew = () => {}
    },
    "a lease ends when its time is up, unless it is renewed",
  ],
  "releases whatever lease there is": [
    (space) => {
      space.release = ({ key }) => space.leases.delete(key)
    },
    "a lease that is released is free, and its fence stands no more",
  ],
  "knows nothing of renewing": [
    (space) => {
      const { readOne } = space
      space.readOne = (question, terms) => {
        const { mode, key } = question as { mode: string; key: string }
        return readOne.call(space, { key, mode: mode === "renew" ? "load" : mode }, terms)
      }
    },
    "a fresh entry that is due can be renewed, by one",
  ],
}

function broken(breaks: (space: Inside) => void): { tier: MemoryTier; clock: VirtualClock } {
  const clock = new VirtualClock()
  const space = (terms: SpaceTerms) => {
    const made = new MemorySpace({ ...terms })
    breaks(made as unknown as Inside)
    return made
  }
  return { clock, tier: new MemoryTier({ clock, tags: 20, space }) }
}

test.each(Object.entries(MUTANTS))("a tier that %s breaks its law", async (_, [breaks, title]) => {
  const law = tierLaws.find((each) => each.title === title)!
  const { tier, clock } = broken(breaks)
  const wait = (ms: number) => clock.advance(ms)
  await expect(law.check({ tier, wait })).rejects.toThrow()
})

/** A tier that answers, and does nothing. */
function idle(): Tier {
  const tier = new MemoryTier({ clock: new VirtualClock() })
  const nothing = async () => {}
  const pulse = async () => ({ incarnation: "x", number: 7, current: false })
  return {
    connect: async (space) =>
      Object.assign(await tier.connect(space), {
        read: async (questions: unknown[]) => questions.map(() => ({})),
        store: async (loads: unknown[]) => loads.map(() => false),
        write: async () => false,
        remove: nothing,
        invalidate: nothing,
        clear: nothing,
        pulse,
      }),
    listen: (...args) => tier.listen(...args),
  }
}

test("every law is broken by one of these tiers, or by one that does nothing", async () => {
  const wait = async () => {}
  const caught = new Set(Object.values(MUTANTS).map(([, law]) => law))
  const kept: string[] = []
  for (const law of tierLaws) {
    if (caught.has(law.title)) continue
    await law.check({ tier: idle(), wait }).then(
      () => kept.push(law.title),
      () => {},
    )
  }
  expect(kept).toEqual([])
})
