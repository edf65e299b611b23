import { describe, expect, it } from "vitest"
import { run } from "../src/program.ts"
import type { SpeedReport } from "../src/speed/command.ts"
import { createStore, implementations, type Store } from "../src/speed/implementations.ts"
import { keyKinds, makeKeys } from "../src/speed/keys.ts"
import { workloadNames, workloads } from "../src/speed/workloads.ts"
import { fakeHost, strategies } from "./host.ts"

describe.each(keyKinds)("%s keys", (kind) => {
  it("are distinct, and the same each time", () => {
    const keys = makeKeys(kind, 1_000)
    expect(new Set(keys).size).toBe(1_000)
    expect(keys).toEqual(makeKeys(kind, 1_000))
  })

  it("are all there under `hit` and `update`, none under `evict`, some under `zipf`", async () => {
    const ratios = await Promise.all(workloadNames.map((name) => hitRatio(name)))
    expect(ratios.slice(0, 3)).toEqual([1, 1, 0])
    expect(ratios[3]).toBeGreaterThan(0.6)
    expect(ratios[3]).toBeLessThan(0.9)
  })

  async function hitRatio(name: (typeof workloadNames)[number]): Promise<number> {
    const lru = implementations(strategies).find((each) => each.name === "lru")!
    const store = await createStore(lru, 100)
    const keys = workloads[name].keys(kind, 100)
    for (const key of keys) store.set(key, 1)
    let hits = 0
    for (const key of keys) {
      if (store.get(key) !== undefined) hits++
      else store.set(key, 1)
    }
    return hits / keys.length
  }
})

it("a pass goes through all the keys", async () => {
  for (const name of workloadNames) {
    let operations = 0
    const store: Store = {
      get: () => void operations++,
      set: () => void (name === "zipf" || operations++),
      has: () => false,
      size: 0,
    }
    const keys = workloads[name].keys("string", 10)
    workloads[name].pass(store, keys)()
    expect(operations).toBe(keys.length)
  }
})

it("lru-cache and Map are compared with every found strategy, on the workloads that suit", async () => {
  const host = fakeHost()
  await run(["speed", "--rounds", "1", "--json"], host)
  const { rows } = JSON.parse(host.printed) as SpeedReport
  const workloadsOf = (name: string) =>
    rows
      .filter(({ implementation, keys }) => implementation === name && keys === "string")
      .map(({ workload }) => workload)
  expect(workloadsOf("lru-cache")).toEqual(["hit", "update", "evict", "zipf"])
  expect(workloadsOf("Map")).toEqual(["hit", "update"])
  for (const { strategyName, neverEvicts } of strategies) {
    expect(workloadsOf(strategyName)).toHaveLength(neverEvicts ? 2 : 4)
  }
})

it("ratios are to lru-cache under the same workload with the same keys", async () => {
  const host = fakeHost({
    ask: async (_job, question) => {
      const { implementation, workload } = question as { [name: string]: unknown }
      const ns = (implementation as { name: string }).name === "lru-cache" ? 30 : 10
      return { ns: workload === "hit" ? ns : 2 * ns, hitRatio: 1 } as never
    },
  })
  await run(["speed", "--json"], host)
  for (const row of (JSON.parse(host.printed) as SpeedReport).rows) {
    expect(row.timesAsFast).toBe(row.implementation === "lru-cache" ? 1 : 3)
  }
})
