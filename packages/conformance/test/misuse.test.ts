import { type AnyStrategy, lawsOf } from "@evictionary/conformance"
import {
  defineStrategy,
  type GhostList,
  type Slot,
  SlotHeap,
  type SlotParts,
} from "@evictionary/core"
import fc from "fast-check"
import { afterAll, expect, it } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { Queue, Recency, Remembering, Stack } from "../../core/test/policies.ts"
import { members, policy } from "./broken.ts"

// The same examples in each run.
fc.configureGlobal({ seed: 20_260_101 })

/** A policy with ghosts, which does something with them that it must not do. */
class Haunted extends Recency {
  readonly ghosts: GhostList

  constructor(slots: SlotParts) {
    super(slots)
    this.ghosts = slots.ghosts()
  }

  override evict(incoming: Slot): Slot {
    const victim = super.evict(incoming)
    this.ghosts.addYoungest(victim)
    return victim
  }

  override onInsert(slot: Slot): void {
    if (this.ghosts.has(slot)) this.ghosts.remove(slot)
    super.onInsert(slot)
    while (this.ghosts.size > 1) this.ghosts.forget(this.ghosts.oldest)
  }
}

/** Who is broken, and what a law has to say of that. */
const kinds: Record<string, [AnyStrategy, RegExp]> = {
  "a slot is added twice": [
    policy(
      (slots) =>
        new (class extends Recency {
          override onHit(slot: Slot): void {
            this.list.addYoungest(slot)
          }
        })(slots),
    ),
    /onHit\((\d+)\) calls list.addYoungest\(\1\), and slot \1 is in list already/,
  ],
  "a slot is taken off a list that it is not in": [
    policy(
      (slots) =>
        new (class extends Recency {
          readonly other = slots.list()
          override onRemove(slot: Slot): void {
            this.other.remove(slot)
          }
        })(slots),
    ),
    /onRemove\((\d+)\) calls other.remove\(\1\), and slot \1 is in list/,
  ],
  "the neighbour on another list": [
    policy(
      (slots) =>
        new (class extends Recency {
          readonly other = slots.list()
          override onHit(slot: Slot): void {
            this.other.younger(slot)
          }
        })(slots),
    ),
    /onHit\((\d+)\) calls other.younger\(\1\), and slot \1 is in list/,
  ],
  "the oldest of an empty list": [
    policy(
      (slots) =>
        new (class extends Recency {
          readonly other = slots.list()
          override onHit(): void {
            this.other.remove(this.other.oldest)
          }
        })(slots),
    ),
    /calls other.remove\(0\), and slot 0 is in no list/,
  ],
  "a slot is moved after itself": [
    policy(
      (slots) =>
        new (class extends Recency {
          override onHit(slot: Slot): void {
            this.list.moveAfter(this.list.youngest, slot)
          }
        })(slots),
    ),
    /calls list.moveAfter\((\d+), \1\), and these are the same/,
  ],
  "a list is changed while it is iterated": [
    policy(
      (slots) =>
        new (class extends Recency {
          override onHit(): void {
            for (const slot of this.list) this.list.moveToYoungest(slot)
          }
        })(slots),
    ),
    /onHit\(\d+\) changes list while iterating it/,
  ],
  "who was deleted stays on a list": [
    policy(
      (slots) =>
        new (class extends Recency {
          override onRemove(): void {}
        })(slots),
    ),
    /onRemove\((\d+)\) leaves slot \1 in list/,
  ],
  "the victim stays on a list": [
    policy(
      (slots) =>
        new (class extends Recency {
          override evict(): Slot {
            return this.list.oldest
          }
        })(slots),
    ),
    /evict\(0\) returns slot \d+, which is still in list/,
  ],
  "a ghost is forgotten while it comes in": [
    policy((slots) => new Haunted(slots), { remembers: true }) && // what follows forgets it
      policy(
        (slots) =>
          new (class extends Haunted {
            override evict(incoming: Slot): Slot {
              while (this.ghosts.size > 0) this.ghosts.forget(this.ghosts.oldest)
              return super.evict(incoming)
            }
          })(slots),
        { remembers: true },
      ),
    /evict\((\d+)\) forgets slot \1 in ghosts: its key is coming in/,
  ],
  "a ghost is made of what was deleted": [
    policy(
      (slots) =>
        new (class extends Haunted {
          override onRemove(slot: Slot): void {
            super.onRemove(slot)
            this.ghosts.addYoungest(slot)
          }
        })(slots),
      { remembers: true },
    ),
    /onRemove\((\d+)\) adds slot \1 to ghosts: what was deleted cannot become a ghost/,
  ],
  "a ghost is taken off its list, and not forgotten": [
    policy(
      (slots) =>
        new (class extends Haunted {
          override onInsert(slot: Slot): void {
            super.onInsert(slot)
            while (this.ghosts.size > 0) this.ghosts.remove(this.ghosts.oldest)
          }
        })(slots),
      { remembers: true },
    ),
    /takes slot \d+ off the ghosts, and does not forget it/,
  ],
  "who is there is among the ghosts": [
    policy(
      (slots) =>
        new (class extends Haunted {
          override onHit(slot: Slot): void {
            this.list.remove(slot)
            this.ghosts.addYoungest(slot)
          }
        })(slots),
      { remembers: true },
    ),
    /onHit\((\d+)\) leaves slot \1, which is resident, in ghosts/,
  ],
  "ghosts are never forgotten": [
    policy((slots) => new Remembering(Infinity, slots), { remembers: true }),
    /leaves \d+ ghosts beside \d+ entries, with a capacity of \d+/,
  ],
  "a part is made after the constructor": [
    policy(
      (slots) =>
        new (class extends Recency {
          override resize(): void {
            slots.bytes()
          }
        })(slots),
    ),
    /resize\(\d+\) calls slots.bytes\(\): only the constructor may/,
  ],
  "the note on a slot that is free": [
    policy(
      (slots) =>
        new (class extends Recency {
          readonly marks = slots.bytes()
          last: Slot = 0
          override onHit(slot: Slot): void {
            this.marks.set(slot, 1)
          }
          override onRemove(slot: Slot): void {
            super.onRemove(slot)
            this.last = slot
          }
          override onInsert(slot: Slot): void {
            super.onInsert(slot)
            if (this.last !== 0 && this.last !== slot) this.marks.get(this.last)
            this.marks.set(slot, 0)
          }
        })(slots),
    ),
    /calls marks.get\(\d+\), and that slot is free/,
  ],
  "a fraction in a byte": [
    policy(
      (slots) =>
        new (class extends Recency {
          readonly shares = slots.bytes()
          override onHit(slot: Slot): void {
            this.shares.set(slot, 1 / this.list.size)
          }
        })(slots),
    ),
    /calls shares.set\(\d+, 0.5\), and it holds integers from 0 to 255/,
  ],
  "256 in a byte": [
    policy(
      (slots) =>
        new (class extends Recency {
          readonly uses = slots.bytes()
          override onHit(slot: Slot): void {
            this.uses.set(slot, 256)
          }
        })(slots),
    ),
    /calls uses.set\(\d+, 256\), and it holds integers from 0 to 255/,
  ],
  "2^31 in 32 bits": [
    policy(
      (slots) =>
        new (class extends Recency {
          readonly ends = slots.integers()
          override onInsert(slot: Slot): void {
            super.onInsert(slot)
            this.ends.set(slot, 2 ** 31)
          }
        })(slots),
    ),
    /calls ends.set\(\d+, 2147483648\), and it holds integers of 32 bits/,
  ],
  "a note on slot 0": [
    policy(
      (slots) =>
        new (class extends Recency {
          readonly marks = slots.bytes()
          override evict(incoming: Slot): Slot {
            this.marks.set(incoming, 1)
            return super.evict(incoming)
          }
        })(slots),
    ),
    /evict\(0\) calls marks.set\(0, 1\), and there is no such slot/,
  ],
  "a slot is twice in a heap": [
    policy(
      (slots) =>
        new (class extends Recency {
          readonly heap = new SlotHeap(slots)
          override onInsert(slot: Slot): void {
            super.onInsert(slot)
            this.heap.add(slot, 1)
          }
          override onHit(slot: Slot): void {
            this.heap.add(slot, 2)
          }
        })(slots),
    ),
    /onHit\((\d+)\) calls heap.add\(\1, 2\), and slot \1 is in it already/,
  ],
  "a text is the victim": [
    policy(
      (slots) =>
        new (class extends Recency {
          override evict(incoming: Slot): Slot {
            return String(super.evict(incoming)) as never
          }
        })(slots),
    ),
    /evict\(0\) returns "\d+", which is no slot of an entry/,
  ],
  "there is no victim": [
    policy(
      (slots) =>
        new (class extends Recency {
          override evict(incoming: Slot): Slot {
            super.evict(incoming)
            return undefined as never
          }
        })(slots),
    ),
    /evict\(0\) returns undefined, which is no slot of an entry/,
  ],
  "a ghost is the victim": [
    policy(
      (slots) =>
        new (class extends Haunted {
          override evict(incoming: Slot): Slot {
            return this.ghosts.oldest || super.evict(incoming)
          }
        })(slots),
      { remembers: true },
    ),
    /evict\(\d+\) returns \d+, which is a ghost/,
  ],
  "iteration shows ghosts": [
    policy(
      (slots) =>
        new (class extends Haunted {
          override *[Symbol.iterator](): Generator<Slot> {
            yield* this.ghosts
            yield* this.list
          }
        })(slots),
      { remembers: true },
    ),
    /\[Symbol.iterator\] yields \d+, which is no slot of an entry/,
  ],
  "an order that has lost somebody": [
    policy(
      (slots) =>
        new (class extends Stack {
          override arrange<Entry>(coldestFirst: readonly Entry[]): Entry[] {
            return coldestFirst.map(() => coldestFirst[0] as Entry)
          }
        })(slots),
      { scanResistant: true, rearranges: true },
    ),
    /arrange\(entries\) returns \d+ of \d+ entries, and \d+ are lost/,
  ],
  "a loop over lists that has no end": [
    policy(
      (slots) =>
        new (class extends Recency {
          override onRemove(slot: Slot): void {
            for (let at = this.list.oldest; at !== slot + 1_000; ) at = this.list.oldest
          }
        })(slots),
    ),
    /onRemove\(\d+\) does not come to an end: so far \d+ steps/,
  ],
  "a loop that has no end": [
    policy(
      (slots) =>
        new (class extends Queue {
          private readonly order: Slot[] = []
          override onInsert(slot: Slot): void {
            this.order.push(slot)
            super.onInsert(slot)
          }
          override onRemove(slot: Slot): void {
            let place = 0
            while (this.order[place] !== -slot) place = (place + 1) % this.order.length
          }
        })(slots),
    ),
    /onRemove\(\d+\) does not come to an end/,
  ],
  "a constructor that throws": [
    policy(() => {
      throw new Error("not yet")
    }),
    /not yet/,
  ],
  "iteration that has no end": [
    policy(
      (slots) =>
        new (class extends Recency {
          override *[Symbol.iterator](): Generator<Slot> {
            for (;;) yield* this.list
          }
        })(slots),
    ),
    /\[Symbol.iterator\] yields more than the \d+ slots of entries/,
  ],
  "a wrapper whose loop has no end": [
    members((cache) => ({
      delete(key) {
        while (cache.has(key) || cache.size > 2) cache.has(key)
        return cache.delete(key)
      },
    })),
    /an operation of the cache does not come to an end/,
  ],
}

/** A few seconds have to pass before anybody may say that. */
const SLOW = ["a loop that has no end", "a wrapper whose loop has no end"]

/** What caught whom, after how many examples, and in what time. */
const table: string[] = []

const chosen = Object.entries(kinds).filter(([kind]) => deep || !SLOW.includes(kind))

it.each(chosen)("%s is named", (kind, [strategy, words]) => {
  const begin = performance.now()
  let message = "no law is broken"
  for (const law of lawsOf(strategy)) {
    try {
      law.check(strategy)
    } catch (error) {
      message = (error as Error).message
      const { runs = 1 } = ((error as Error).cause ?? {}) as { runs?: number }
      const time = Math.round(performance.now() - begin)
      table.push(`${kind}: example ${runs} of "${law.title}", ${time} ms`)
      break
    }
  }
  expect(message).toMatch(words)
})

it("what a policy caught itself is a failure all the same", () => {
  const strategy = defineStrategy("silent", ({ slots }) => {
    return new (class extends Recency {
      override onHit(slot: Slot): void {
        try {
          this.list.addYoungest(slot)
        } catch {
          // Nobody hears of it.
        }
      }
    })(slots)
  })
  const [law] = lawsOf(strategy)
  expect(() => law?.check(strategy)).toThrow(/calls list.addYoungest/)
})

afterAll(() => console.info(table.join("\n")))
