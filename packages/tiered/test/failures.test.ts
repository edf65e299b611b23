import { lru } from "@evictionary/lru"
import { type Tier, type TieredOptions, tiered } from "@evictionary/tiered"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { deep } from "../../../scripts/deep.ts"
import { type FaultProxy, faultProxy } from "../../../scripts/fault-proxy.ts"
import { FAULTS, traffic } from "../../../scripts/tier-faults.ts"
import { clients } from "./clients.ts"
import { until } from "./until.ts"
import { withServer } from "./with-server.ts"

type Options = Partial<TieredOptions<string>>

const SHALLOW = [
  "frozen (SIGSTOP)",
  "half-open for ever",
  "killed, and restarted empty",
  "FLUSHALL",
]
const rows = FAULTS.filter(({ title }) => deep || SHALLOW.includes(title))
const names = deep ? ["ioredis 6", "node-redis 6"] : ["ioredis 5"]

for (const name of names) {
  withServer(`by ${name}, callers get right values in time`, (server) => {
    let proxy: FaultProxy
    const made: { close(): Promise<void> }[] = []
    const make = (l2: Tier, options: Options = {}) => {
      const cache = tiered<string, string>({
        l1: { strategy: lru, capacity: 5_000 },
        l2,
        namespace: "faults",
        ttl: 60_000,
        staleness: 1_000,
        onError: () => {},
        ...options,
      })
      made.push(cache)
      return cache
    }
    const direct = (options?: Options) => make(clients[name]!(server().port), options)
    const proxied = (options?: Options) => make(clients[name]!(proxy.port), options)

    beforeEach(async () => {
      proxy = await faultProxy(server().port)
    })
    afterEach(async () => {
      await Promise.all(made.splice(0).map((cache) => cache.close()))
      await proxy.close()
    })

    describe("and it heals", () => {
      test.each(rows)("$title", async (fault) => {
        const [a, b] = [proxied(), direct()]
        await until(() => a.state === "linked" && b.state === "linked")
        const path = { server: server(), proxy, namespace: "faults" }
        expect((await traffic(a, (round) => round < 3)).faults).toEqual([])
        await fault.begin(path)
        const faulty = await traffic(a, (round) => round < 10)
        expect(faulty.faults).toEqual([])
        if (fault.isOutage) await until(() => a.state === "down" || a.state === "dead")
        await fault.end(path)
        let n = 0
        // What one sets, the other finds, and what one deletes, the other loses.
        await until(async () => {
          const key = `healed ${n++}`
          const isTaken = await b.set(key, "new")
          return isTaken && a.state === "linked" && (await a.get(key)) === "new"
        })
        expect((await traffic(a, (round) => round < 3)).faults).toEqual([])
        await a.set("last", "1")
        await until(async () => (await b.get("last")) === "1")
        await until(async () => (await a.delete("last")) && (await b.get("last")) === undefined)
      })
    })
  })
}
