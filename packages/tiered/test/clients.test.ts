import { lru } from "@evictionary/lru"
import { tiered } from "@evictionary/tiered"
import { expect, test } from "vitest"
import { clients } from "./clients.ts"
import { until } from "./until.ts"
import { withServer } from "./with-server.ts"

withServer("a real server", (server) => {
  test.each(Object.entries(clients))("by %s keeps what it must", async (name, tierOf) => {
    const errors: unknown[] = []
    const make = () =>
      tiered<string, unknown>({
        l1: { strategy: lru, capacity: 100 },
        l2: tierOf(server().port),
        namespace: name.replace(" ", "-"),
        ttl: 60_000,
        readBudget: 10_000,
        onError: (error) => errors.push(error),
      })
    const [a, b] = [make(), make()]
    await until(() => a.state === "linked" && b.state === "linked")
    const values = [0, "", false, null, 2 ** 53, "é\u0000w", [1], { a: { b: "x" } }, undefined]
    for (const [n, value] of values.entries()) {
      expect(await a.set(`v${n}`, value)).toBe(true)
      expect(await b.get(`v${n}`)).toEqual(value)
      expect(await b.has(`v${n}`)).toBe(true)
    }
    expect(await a.getOrLoad("t", () => 1, { tags: ["red", "b,l ue"] })).toBe(1)
    await until(async () => (await b.get("t")) === 1)
    await b.invalidate("b,l ue")
    await until(() => a.cache.peek("t") === undefined || a.get("t") instanceof Promise)
    expect([await a.get("t"), await b.get("t")]).toEqual([undefined, undefined])
    expect(errors).toEqual([])
    await Promise.all([a.close(), b.close()])
  })
})
