import { expect, it } from "vitest"
import { run } from "../src/program.ts"
import type { SpeedReport } from "../src/speed/command.ts"
import { timeStore } from "../src/speed/time.ts"
import { suitable, workloadNames, workloads } from "../src/speed/workloads.ts"
import { createStore, implementations } from "../src/stores/implementations.ts"
import { keyKinds } from "../src/stores/keys.ts"
import type { Store } from "../src/stores/rivals.ts"
import { type FakeHost, fakeHost, hostWithSlow, strategies } from "./host.ts"

const lru = implementations(strategies, []).find(({ name }) => name === "lru")!
const report = (host: FakeHost) => JSON.parse(host.printed) as SpeedReport

it.each(keyKinds)(
  "keys of kind %s are all there under `hit` and `update`, none under `evict`",
  async (kind) => {
    const ratios = await Promise.all(workloadNames.map((name) => hitRatio(name)))
    expect(ratios.slice(0, 3)).toEqual([1, 1, 0])
    for (const ratio of ratios.slice(3)) {
      expect(ratio).toBeGreaterThan(0.5)
      expect(ratio).toBeLessThan(0.9)
    }

    async function hitRatio(name: (typeof workloadNames)[number]): Promise<number> {
      const store = await createStore(lru, 100, kind)
      const keys = workloads[name].keys(kind, 100)
      for (const key of keys) store.set(key, 1)
      let hits = 0
      for (const key of keys) {
        if (store.get(key) !== undefined) hits++
        else store.set(key, 1)
      }
      return hits / keys.length
    }
  },
)

/** Counts what is done with it, and has nothing. */
function counting() {
  const counts = { get: 0, set: 0, has: 0, delete: 0 }
  const store: Store = {
    get: () => void counts.get++,
    set: () => void counts.set++,
    has: () => counts.has++ < 0,
    delete: () => void counts.delete++,
  }
  return { counts, store }
}

it("a pass goes through all the keys", () => {
  for (const name of workloadNames) {
    const { counts, store } = counting()
    const keys = workloads[name].keys("string", 10)
    workloads[name].pass(store, keys)()
    const sum = counts.get + counts.set + counts.has + counts.delete
    expect(sum).toBe(name === "zipf" ? 2 * keys.length : keys.length)
  }
})

it("the mixture is of 70% get, 20% set, 5% has and 5% delete", () => {
  const { counts, store } = counting()
  const keys = workloads.mixed.keys("int32", 10)
  workloads.mixed.pass(store, keys)()
  const shares = Object.values(counts).map((count) => Math.round((100 * count) / keys.length))
  expect(shares).toEqual([70, 20, 5, 5])
})

it("a time comes with the hit ratio of the workload, whatever else has been warm", async () => {
  const question = { implementation: lru, keys: "fresh string", capacity: 100 } as const
  expect((await timeStore({ ...question, workload: "hit" })).hitRatio).toBe(1)
  const warm = suitable(["evict"], lru).length > 0 ? [lru] : []
  expect((await timeStore({ ...question, workload: "evict", warm })).hitRatio).toBe(0)
})

it("every strategy is measured, and every rival, on the workloads that suit", async () => {
  const host = fakeHost()
  await run(["speed", "--rounds", "1", "--json"], host)
  const { rows } = report(host)
  const workloadsOf = (name: string) =>
    rows
      .filter(({ implementation, keys }) => implementation === name && keys === "string")
      .map(({ workload }) => workload)
  expect(workloadsOf("lru-cache")).toEqual(["hit", "update", "evict", "zipf", "mixed"])
  expect(workloadsOf("flru")).toEqual(["hit", "update", "evict", "zipf"])
  expect(workloadsOf("Map")).toEqual(["hit", "update"])
  for (const { strategyName, neverEvicts } of strategies) {
    expect(workloadsOf(strategyName)).toHaveLength(neverEvicts ? 2 : 5)
  }
})

it("measures only what is asked for", async () => {
  const host = fakeHost()
  await run(
    "speed --capacity 10,20 --keys fresh-string --workloads hit --rivals Map --json".split(" "),
    host,
  )
  const { rows } = report(host)
  const names = [...strategies.map(({ strategyName }) => strategyName), "Map"]
  expect(rows.map((row) => [row.implementation, row.workload, row.keys, row.capacity])).toEqual(
    names.flatMap((name) => [10, 20].map((capacity) => [name, "hit", "fresh string", capacity])),
  )
})

it("--all stands for all keys and both capacities, where nothing else is said", async () => {
  const [all, some] = [fakeHost(), fakeHost()]
  await run(["speed", "--all", "--json"], all)
  await run(["speed", "--all", "--capacity", "7", "--json"], some)
  expect(report(all)).toMatchObject({ keys: keyKinds, capacities: [1_000, 100_000] })
  expect(report(some)).toMatchObject({ keys: keyKinds, capacities: [7] })
})

/** Made-up times: lru-cache takes 30 ns, Map 10, the others 20. */
const timed = fakeHost().ask
const made = (async (job, question) => {
  if (job !== "timeStore") return timed(job, question)
  const { name } = (question as { implementation: { name: string } }).implementation
  const ns = { "lru-cache": 30, Map: 10 }[name] ?? 20
  return { ns, hitRatio: 1, consumed: 0 }
}) as FakeHost["ask"]

it("ratios are to lru-cache under the same workload with the same keys", async () => {
  const host = fakeHost({ ask: made })
  await run(["speed", "--json"], host)
  for (const { implementation, timesAsFast } of report(host).rows) {
    expect(timesAsFast).toBe({ "lru-cache": 1, Map: 3 }[implementation] ?? 1.5)
  }
})

it("without lru-cache there are nanoseconds and no ratios", async () => {
  const host = fakeHost({ ask: made })
  await run("speed --rivals Map --keys int32".split(" "), host)
  expect(host.printed).toContain("Nanoseconds per operation")
  expect(host.printed).toMatch(/^ {2}lru +20\.0 +20\.0/m)
})

it("the summary says where ours lead the rivals that do the whole job, and where not", async () => {
  const host = fakeHost({ ask: made })
  await run("speed --strategies lru --rivals lru-cache,tiny-lru,Map --keys int32".split(" "), host)
  expect(host.printed).toMatch(/^int32 hit +lru +Map +0\.50× +2\.$/m)
  expect(host.printed).toMatch(/^int32 evict +lru +lru-cache +1\.50× +1\.$/m)
  expect(host.printed.replaceAll("\n", " ")).toContain(
    "lru leads in 3 of 5; behind in int32 hit (Map 2.00×), int32 update (Map 2.00×).",
  )
})

it("what gives wrong results is not timed, and the page says so", async () => {
  const host = fakeHost()
  await run("speed --keys int32,object --rivals tiny-lru,Map --rounds 1".split(" "), host)
  const lines = host.printed.split("\n").filter((line) => line.includes("tiny-lru"))
  expect(lines[1]).toMatch(/^ {2}tiny-lru \w+ +wrong +wrong +wrong +wrong +wrong +–$/)
  expect(host.steps.taken.filter((step) => /tiny-lru.*object/.test(step))).toEqual([])
  expect(host.printed).toMatch(/^wrong +a key was there before it was set$/m)
})

it("what is too slow to be examined is not timed, and is not called wrong", async () => {
  const host = hostWithSlow("quick-lru")
  await run("speed --keys int32 --capacity 10 --rivals quick-lru,Map --rounds 1".split(" "), host)
  expect(host.printed).toMatch(/^ {2}quick-lru.*( +slow){5} +–$/m)
  expect(host.printed).toMatch(
    /^slow +half a minute passes until all keys are stored; not measured$/m,
  )
  expect(host.printed).not.toMatch(/^wrong/m)
})

it("letters beside a name say what it does otherwise", async () => {
  const host = fakeHost()
  await run("speed --keys int32 --rivals tiny-lru --rounds 1".split(" "), host)
  expect(host.printed).toContain("tiny-lru abcdefghi ")
  expect(host.printed).toMatch(/^a +takes 1 and "1"/m)
})
