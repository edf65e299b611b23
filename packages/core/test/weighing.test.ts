import { type Cache, defineStrategy, type Slot, type SlotWeights } from "@evictionary/core"
import { expect, it } from "vitest"
import { queue, Remembering, recency, Worth, worth } from "./policies.ts"

/** What a policy was told, and what it read then: who enters, who is resident. */
function listening() {
  const heard: unknown[] = []
  const strategy = defineStrategy("listening", ({ slots, capacity }) => {
    const weights: SlotWeights = slots.weights()
    const worth = (slot: Slot) => [weights.of(slot), weights.costOf(slot)]
    class Listening extends Remembering {
      override onHit(slot: Slot): void {
        heard.push(["hit", ...worth(slot)])
        super.onHit(slot)
      }
      override evict(incoming: Slot): Slot {
        heard.push(["evict for", ...worth(incoming)])
        const victim = super.evict(incoming)
        heard.push(["victim", ...worth(victim)])
        return victim
      }
      override onInsert(slot: Slot, key?: unknown, returning?: boolean): void {
        const isGhost = this.ghosts.has(slot)
        super.onInsert(slot)
        heard.push([returning ? "return of" : "insert", key, ...worth(slot), isGhost])
      }
    }
    return new Listening(Math.min(capacity, 100), slots)
  })
  return { heard, strategy }
}

/** Values are what entries weigh and cost. */
const priced = {
  weigher: ([weight]: number[]) => weight as number,
  cost: ([, cost]: number[]) => cost as number,
}

it("a policy reads what the newcomer is going to weigh and cost, and what the victim does", () => {
  const { heard, strategy } = listening()
  const cache = strategy<string, number[]>({ maxWeight: 10, ...priced })
  cache.set("a", [4, 0.5]).set("b", [5, 2])
  expect(heard).toEqual([
    ["insert", "a", 4, 0.5, false],
    ["insert", "b", 5, 2, false],
  ])
  heard.length = 0
  cache.set("c", [3, 7])
  expect(heard).toEqual([
    ["evict for", 3, 7],
    ["victim", 4, 0.5],
    ["insert", "c", 3, 7, false],
  ])
})

it("a ghost that comes back is told as such, with what it is going to weigh and cost", () => {
  const { heard, strategy } = listening()
  const cache = strategy<string, number[]>({ maxWeight: 10, ...priced })
  cache.set("a", [4, 0.5]).set("b", [5, 2]).set("c", [3, 7])
  heard.length = 0
  cache.set("a", [6, 1])
  expect(heard).toEqual([
    ["evict for", 6, 1],
    ["victim", 5, 2],
    ["return of", "a", 6, 1, false],
  ])
  // By count, too, where nothing has weights.
  const plain = strategy<string, number>({ capacity: 1 }).set("a", 1).set("b", 2)
  heard.length = 0
  plain.set("a", 3)
  expect(heard).toEqual([
    ["evict for", 1, 1],
    ["victim", 1, 1],
    ["return of", "a", 1, 1, false],
  ])
})

it("nothing enters for what is made to leave", () => {
  const { heard, strategy } = listening()
  const cache = strategy<string, number[]>({ maxWeight: 10, ...priced })
  cache.set("a", [4, 9]).set("b", [6, 2])
  heard.length = 0
  cache.resize(Infinity, 6)
  expect(heard).toEqual([
    ["evict for", 0, 1],
    ["victim", 4, 9],
  ])
})

it("a policy is told of an overwriting when the new weight and cost are there to be read", () => {
  const { heard, strategy } = listening()
  const cache = strategy<string, number[]>({ maxWeight: 10, ...priced })
  cache.set("a", [1, 1]).set("b", [2, 2])
  heard.length = 0
  cache.set("b", [5, 3])
  cache.get("b")
  expect(heard).toEqual([
    ["hit", 5, 3],
    ["hit", 5, 3],
  ])
  expect([cache.weight, cache.entry("b")?.weight]).toEqual([6, 5])
})

it("an entry that is overwritten and chosen has not left, so it is not remembered", () => {
  const { heard, strategy } = listening()
  const cache = strategy<string, number[]>({ maxWeight: 4, ...priced })
  cache.set("a", [2, 1]).set("b", [2, 1])
  heard.length = 0
  cache.set("a", [3, 1])
  expect(heard).toEqual([
    ["hit", 3, 1],
    ["evict for", 0, 1],
    ["victim", 3, 1],
    ["evict for", 0, 1],
    ["victim", 2, 1],
    ["insert", "a", 3, 1, false],
  ])
  expect(cache.inspect().lists.order?.map(({ key }) => key)).toEqual(["a"])
})

it("who is overwritten, and has become the one that is worth least, begins anew", () => {
  const cache = worth<string, number[]>({ maxWeight: 6, ...priced })
  cache.set("a", [1, 1]).set("b", [2, 1]).set("c", [3, 1])
  cache.set("a", [4, 0])
  // c went for it, who was next.
  expect([...cache.keys()]).toEqual(["a", "b"])
})

const kinds: [string, (cache: Cache<string, number[]>) => Cache<string, number[]>][] = [
  ["as they were stored", (cache) => cache],
  [
    "after another strategy had them",
    (cache) => {
      cache.use(recency)
      cache.use(worth)
      return cache
    },
  ],
  [
    "from a dump",
    (cache) => {
      const other = worth<string, number[]>({ maxWeight: 100 })
      other.load(JSON.parse(JSON.stringify(cache.dump())))
      return other
    },
  ],
]

it.each(kinds)("weights and costs decide %s", (_kind, having) => {
  const cache = having(
    worth<string, number[]>({ maxWeight: 100, ...priced })
      .set("a", [4, 2])
      .set("b", [8, 1])
      .set("c", [0, 3])
      .set("d", [1, 1]),
  )
  expect([...cache.keys()]).toEqual(["b", "a", "d", "c"])
  expect(cache.dump().entries.map(({ key, weight, cost }) => [key, weight, cost])).toEqual([
    ["b", 8, undefined],
    ["a", 4, 2],
    ["d", undefined, undefined],
    ["c", 0, 3],
  ])
  cache.resize(Infinity, 12)
  expect([...cache.keys()]).toEqual(["a", "d", "c"])
})

it("what a strategy does not ask for it gets when it has taken over", () => {
  const cache = queue<string, number[]>({ capacity: 3, ...priced })
  cache.set("a", [1, 5]).set("b", [1, 2]).set("c", [1, 9])
  cache.use(worth)
  cache.set("d", [1, 7])
  expect([...cache.keys()]).toEqual(["a", "d", "c"])
  cache.clear()
  cache.set("e", [1, 2]).set("f", [1, 1])
  expect([...cache.keys()]).toEqual(["f", "e"])
})

it("weights that come late are there for the policy of before", () => {
  const cache = worth<string, number>({ capacity: 3 }).set("a", 1).set("b", 2)
  cache.set("c", 3, { weight: 5 })
  expect([...cache.keys()]).toEqual(["c", "a", "b"])
})

it("storage grows with costs in it", () => {
  const cache = worth<number, number[]>({ capacity: 1_000, ...priced })
  for (let n = 0; n < 1_000; n++) cache.set(n, [1, (n * 7) % 1_000])
  expect([...cache.keys()]).toEqual(
    Array.from({ length: 1_000 }, (_, n) => n).sort(
      (a, b) => ((a * 7) % 1_000) - ((b * 7) % 1_000),
    ),
  )
})

it("what is torn while it is overwritten leaves, and the others cost what they did", () => {
  let fails = false
  const torn = defineStrategy(
    "torn",
    ({ slots }) =>
      new (class extends Worth {
        override evict(incoming: Slot): Slot {
          if (!fails) return super.evict(incoming)
          fails = false
          throw new RangeError("Maximum call stack size exceeded")
        }
      })(slots),
    { weighs: true },
  )
  const cache = torn<string, number[]>({ maxWeight: 6, ...priced })
  cache.set("a", [2, 1]).set("b", [2, 4]).set("c", [2, 3])
  fails = true
  expect(() => cache.set("a", [3, 9])).toThrow("Maximum call stack")
  expect([...cache.keys()]).toEqual(["c", "b"])
  expect(cache.weight).toBe(4)
  expect(cache.dump().entries.map(({ cost }) => cost)).toEqual([3, 4])
})
