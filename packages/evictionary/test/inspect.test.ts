import type { Cache, CacheInspection } from "@evictionary/core"
import { registry } from "evictionary"
import { expect, it } from "vitest"

/** As short as a picture: `T1: b c | B1: (a)`, with marks that are not 0, and then the scalars. */
function drawn({ lists, scalars }: CacheInspection<unknown>): string {
  const texts = Object.entries(lists).map(([name, keys]) => {
    const shown = keys.map(({ key, ghost, marks }) => {
      const noted = Object.entries(marks).flatMap(([mark, n]) => (n === 0 ? [] : [`${mark}=${n}`]))
      return `${ghost ? `(${key})` : key}${noted.length > 0 ? `[${noted}]` : ""}`
    })
    return `${name}: ${shown.join(" ")}`.trim()
  })
  return [...texts, ...Object.entries(scalars).map(([name, n]) => `${name} = ${n}`)].join(" | ")
}

/** What each strategy holds, with room for four, after these requests. */
const REQUESTS = "abcadaebfbcg"

const HELD: Record<string, string> = {
  arc: "T1: e f g | T2: c | B1: (d) | B2: (a) (b) | p = 2",
  car: "T1: f g | T2: b[referenced=1] c | B1: (d) (e) | B2: (a) | p = 2",
  clock: "clock: b[referenced=1,hand=1] f c g",
  fifo: "queue: f b c g",
  gdsf: "queue: a[frequency=3,priority=3] b[frequency=2,priority=3] c[frequency=1,priority=3] g[frequency=1,priority=3] | clock = 2",
  lfu: "buckets: c[count=1] g[count=1] b[count=2] a[count=3]",
  lirs: "LIR: a[S=1] b[S=1] | Q: c[S=1] g[S=1] | ghosts: (e) (f)",
  lru: "list: f b c g",
  "s3-fifo": "small: g | main: a b[hits=1] c | ghost: (d) (e) (f) | limit = 3",
  sieve: "queue: a b c[hand=1] g",
  slru: "probation: c g | protected: a b | limit = 3",
  "two-queue": "A1in: f g | Am: b c | A1out: (d) (e) | Kin = 1 | Kout = 2",
  unbounded: "entries: a b c d e f g",
  "w-tinylfu":
    "window: g[frequency=1] | probation: a[frequency=3] | protected: b[frequency=3] c[frequency=2] | window = 1 | protected = 2",
}

it.each(registry.names)("%s says what it holds in the words of its paper", (name) => {
  const strategy = registry.get(name)
  const cache: Cache<string, number> = strategy.neverEvicts ? strategy() : strategy({ capacity: 4 })
  for (const key of REQUESTS) if (cache.get(key) === undefined) cache.set(key, 1)
  expect(drawn(cache.inspect())).toBe(HELD[name])
})

it("every strategy of the registry is among them", () => {
  expect(Object.keys(HELD).sort()).toEqual([...registry.names].sort())
})
