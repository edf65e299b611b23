import { beforeAll, describe, expect, it } from "vitest"
import type { FeaturesReport } from "../src/features/command.ts"
import { examineFeature } from "../src/features/examine.ts"
import {
  type Featured,
  type FeatureName,
  featureNames,
  leave,
  type Terms,
  usualTerms,
} from "../src/features/features.ts"
import { rivalFeatures } from "../src/features/rivals.ts"
import { run } from "../src/program.ts"
import { createFeatured, featuredImplementations } from "../src/stores/implementations.ts"
import type { Key } from "../src/stores/keys.ts"
import { rivals } from "../src/stores/rivals.ts"
import { type FakeHost, fakeHost, strategies } from "./host.ts"

const lru = strategies.filter(({ strategyName }) => strategyName === "lru")
const everybody = rivals.map(({ name }) => name)

const examinations = featureNames.flatMap((feature) =>
  featuredImplementations(feature, lru, everybody).map((implementation) => ({
    ...implementation,
    feature,
    examine: () =>
      examineFeature(feature, (terms) => createFeatured(implementation, feature, terms)),
  })),
)

type Examination = (typeof examinations)[number]
const begun = new Map<Examination, ReturnType<Examination["examine"]>>()

// Most of the time of an examination is spent waiting, so they wait side by side; but observers may
// be told of all caches that there are.
beforeAll(async () => {
  for (const each of examinations) {
    if (each.feature !== "observer") begun.set(each, each.examine())
  }
  await Promise.allSettled(begun.values())
})

describe.each(featureNames)("the feature %s", (feature) => {
  it.each(examinations.filter((each) => each.feature === feature))(
    "of $name is found to do what it says",
    async (each) => {
      const found = await (begun.get(each) ?? each.examine())
      expect(found.wrong).toBeUndefined()
      if (each.strategy !== undefined) expect(found.faults).toEqual(each.perTurn ? ["late"] : [])
    },
  )
})

it("only who is known has features", () => {
  expect(everybody).toEqual(expect.arrayContaining(Object.keys(rivalFeatures)))
})

/** A cache (first in, first out) with all features, in the plainest code. */
class Fifo {
  readonly terms: Terms
  readonly entries = new Map<Key, { value: number; end: number }>()
  hits = 0
  misses = 0

  constructor(terms: Terms) {
    this.terms = terms
  }

  now(): number {
    return performance.now()
  }

  renews(): boolean {
    return true
  }

  weight(): number {
    return [...this.entries.values()].reduce((sum, { value }) => sum + this.terms.weigh(value), 0)
  }

  tell(value: number, _cause: "evicted" | "other"): void {
    leave(this.terms.witness, value)
  }

  get(key: Key): number | undefined {
    const entry = this.entries.get(key)
    if (entry === undefined || this.now() >= entry.end) {
      this.misses++
      this.terms.witness.misses++
      return undefined
    }
    this.hits++
    this.terms.witness.hits++
    if (this.renews()) entry.end = this.now() + this.terms.ttl
    return entry.value
  }

  has(key: Key): boolean {
    return this.entries.has(key)
  }

  delete(key: Key): void {
    this.remove(key, "other")
  }

  set(key: Key, value: number): void {
    this.remove(key, "other")
    this.entries.set(key, { value, end: this.now() + this.terms.ttl })
    while (this.entries.size > this.terms.capacity || this.weight() > this.terms.capacity) {
      this.remove(this.entries.keys().next().value!, "evicted")
    }
  }

  remove(key: Key, cause: "evicted" | "other"): void {
    const entry = this.entries.get(key)
    this.entries.delete(key)
    if (entry !== undefined) this.tell(entry.value, cause)
  }
}

/** What is found of a cache like {@link Fifo}. */
function examined(feature: FeatureName, Cache: typeof Fifo) {
  return examineFeature(feature, async (terms): Promise<Featured> => {
    const cache = new Cache(terms)
    return { store: cache, counts: () => cache }
  })
}

it.concurrent.each(featureNames)(
  "a cache without a fault is found to have none: %s",
  async (feature) => {
    expect(await examined(feature, Fifo)).toEqual({ faults: [] })
  },
)

describe.concurrent("a cache is found out", () => {
  it.concurrent("that forgets at once", async () => {
    const { wrong } = await examined(
      "ttl",
      class extends Fifo {
        override get = () => undefined
      },
    )
    expect(wrong).toBe("an entry was not there before its end")
  })

  it.concurrent("that never forgets", async () => {
    const { wrong } = await examined(
      "ttl",
      class extends Fifo {
        override now = () => 0
      },
    )
    expect(wrong).toBe("an entry was there after its end")
  })

  it.concurrent("whose clock goes on only when the program waits", async () => {
    let now: number | undefined
    const found = await examined(
      "ttl",
      class extends Fifo {
        override now() {
          if (now === undefined) {
            now = performance.now()
            setTimeout(() => {
              now = undefined
            })
          }
          return now
        }
      },
    )
    expect(found).toEqual({ faults: ["late"] })
  })

  it.concurrent("that does not keep what is used", async () => {
    const { wrong } = await examined(
      "idle",
      class extends Fifo {
        override renews = () => false
      },
    )
    expect(wrong).toBe("an entry that was used ended")
  })

  it.concurrent("that does not weigh", async () => {
    expect(
      await examined(
        "weight",
        class extends Fifo {
          override weight = () => 0
        },
      ),
    ).toEqual({ faults: ["heavier"] })
  })

  it.concurrent("that tells nobody of what leaves, or only of evictions", async () => {
    const { wrong } = await examined(
      "listener",
      class extends Fifo {
        override tell() {}
      },
    )
    expect(wrong).toMatch(/^0 removals were told of, \d+ happened$/)
    const partly = await examined(
      "listener",
      class extends Fifo {
        override tell(value: number, cause: "evicted" | "other") {
          if (cause === "evicted") super.tell(value, cause)
        }
      },
    )
    expect(partly).toEqual({ faults: ["partly"] })
  })

  it.concurrent("that counts wrongly, or does not tell of lookups", async () => {
    class Deaf extends Fifo {
      override get = (key: Key) => this.entries.get(key)?.value
    }
    const wrong = "2 hits and 3 misses were counted as 0 and 0"
    expect(await examined("stats", Deaf)).toEqual({ wrong, faults: [] })
    expect(await examined("observer", Deaf)).toEqual({ wrong, faults: [] })
  })
})

it("what is measured expires in an hour, and weighs 1 each", () => {
  const { ttl, weigh } = usualTerms(7)
  expect([ttl, weigh(5)]).toEqual([3_600_000, 1])
})

const report = (host: FakeHost) => JSON.parse(host.printed) as FeaturesReport

it("with each feature, lru is measured against those that have it, at both capacities", async () => {
  const host = fakeHost()
  expect(await run(["speed", "--with", "--rounds", "1", "--json"], host)).toBe(0)
  const { parts, with: features } = report(host)
  expect(features).toEqual(featureNames)
  const namesOf = (feature: FeatureName) =>
    parts.find((part) => part.feature === feature)!.examined.map(({ name }) => name)
  expect(namesOf("ttl")).toEqual([
    "lru",
    "lru (per turn)",
    "lru-cache",
    "quick-lru",
    "tiny-lru",
    "transitory",
    "@isaacs/ttlcache",
    "toad-cache",
    "node-cache",
  ])
  expect(namesOf("weight")).toEqual(["lru", "lru-cache", "transitory"])
  expect(namesOf("observer")).toEqual(["lru", "lru-cache"])
  for (const { capacities, keys } of parts) {
    expect([capacities, keys]).toEqual([
      [1_000, 100_000],
      ["int32", "string", "object"],
    ])
  }
})

it("what is asked for is measured, and by others of ours", async () => {
  const host = fakeHost()
  const args = "--with ttl,idle --strategies sieve,unbounded --keys string --workloads hit"
  await run(["speed", ...args.split(" "), "--rivals", "lru-cache", "--json"], host)
  const { parts } = report(host)
  expect(parts.map(({ feature }) => feature)).toEqual(["ttl", "idle"])
  for (const { examined } of parts) {
    expect(examined.map(({ name }) => name)).toEqual(["sieve", "sieve (per turn)", "lru-cache"])
  }
})

/** Made-up times: lru takes 20 ns; lru-cache 30, but 8 to hit with a ttl. */
function timed(): FakeHost {
  const { ask } = fakeHost()
  return fakeHost({
    ask: (async (job, question) => {
      if (job !== "timeStore") return ask(job, question)
      const { implementation, workload } = question as Parameters<typeof ask<"timeStore">>[1]
      const { name, feature } = implementation
      const ns = name === "lru" ? 20 : feature === "ttl" && workload === "hit" ? 8 : 30
      return { ns, hitRatio: 1, consumed: 0 }
    }) as FakeHost["ask"],
  })
}

it("the summary says where ours are at their worst", async () => {
  const [page, json] = [timed(), timed()]
  const args = "speed --with ttl,weight --rivals lru-cache --keys int32 --capacity 10".split(" ")
  await run(args, page)
  await run([...args, "--json"], json)
  expect(report(json).worst).toEqual([
    {
      feature: "ttl",
      contests: 5,
      leads: 4,
      contest: "int32 hit",
      ours: "lru",
      rival: "lru-cache",
      ratio: 0.4,
    },
    {
      feature: "weight",
      contests: 5,
      leads: 5,
      contest: "int32 hit",
      ours: "lru",
      rival: "lru-cache",
      ratio: 1.5,
    },
  ])
  expect(page.printed).toMatch(/^ttl +4 of 5 +int32 hit +lru-cache +0\.40×$/m)
  expect(page.printed).toMatch(/^ {2}lru +0\.40× +1\.50× +1\.50× +1\.50× +1\.50× +100\.0%$/m)
})

it("a letter beside a name is that of one table, and means the same in all", async () => {
  const { ask } = fakeHost()
  const host = fakeHost({
    ask: (async (job, question) => {
      if (job !== "examineStore") return ask(job, question)
      const { name, feature } = (question as Parameters<typeof ask<"examineStore">>[1])
        .implementation
      const late = name === "lru-cache" && feature === "ttl" ? ["late"] : []
      return { faults: name === "lru-cache" ? ["undefined", ...late] : [], wrong: [] }
    }) as FakeHost["ask"],
  })
  await run("speed --with ttl,weight --keys int32 --rivals lru-cache,transitory".split(" "), host)
  const [ttl, weight] = host.printed.split("With weight")
  expect(ttl).toMatch(/^ {2}lru-cache, ns ab +123/m)
  expect(weight).toMatch(/^ {2}lru-cache, ns a +123/m)
  expect(weight).toMatch(/^b +gives a value after its end/m)
})
