import { createServer } from "node:net"
import { lru } from "@evictionary/lru"
import { type Tier, tiered } from "@evictionary/tiered"
import { ioredis } from "@evictionary/tiered/ioredis"
import { nodeRedis } from "@evictionary/tiered/node-redis"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type RedisServer, startRedis } from "../../../scripts/redis-server.ts"
import { required } from "./required.ts"
import { until } from "./until.ts"
import { binary } from "./with-server.ts"

const HOST = "127.0.0.1"

interface Client {
  readonly tier: Tier
  end(): unknown
}

const clients: Record<string, (ports: number[]) => Client> = {
  "ioredis 5"(ports) {
    const { Cluster } = required<typeof import("ioredis")>("ioredis")
    const cluster = new Cluster(ports.map((port) => ({ host: HOST, port })))
    return { tier: ioredis(cluster), end: () => cluster.disconnect() }
  },
  "ioredis 6"(ports) {
    const { Cluster } = required<typeof import("ioredis-6")>("ioredis-6")
    const cluster = new Cluster(ports.map((port) => ({ host: HOST, port })))
    return { tier: ioredis(cluster), end: () => cluster.disconnect() }
  },
  "node-redis 5"(ports) {
    const rootNodes = ports.map((port) => ({ url: `redis://${HOST}:${port}` }))
    const { createCluster } = required<typeof import("redis-5")>("redis-5")
    const cluster = createCluster({ rootNodes })
    return { tier: nodeRedis(cluster), end: () => cluster.destroy() }
  },
  "node-redis 6"(ports) {
    const rootNodes = ports.map((port) => ({ url: `redis://${HOST}:${port}` }))
    const { createCluster } = required<typeof import("redis")>("redis")
    const cluster = createCluster({ rootNodes })
    return { tier: nodeRedis(cluster), end: () => cluster.destroy() }
  },
}

describe.runIf(binary)("in a cluster of two nodes", () => {
  const nodes: RedisServer[] = []

  beforeAll(async () => {
    const halves = ["0 8191", "8192 16383"]
    const buses: number[] = []
    for (const half of halves) {
      const bus = await freePort()
      const node = await startRedis(binary!, [
        "--cluster-enabled",
        "yes",
        "--cluster-port",
        `${bus}`,
      ])
      await node.ask("CLUSTER", "ADDSLOTSRANGE", ...half.split(" "))
      nodes.push(node)
      buses.push(bus)
    }
    await nodes[0]!.ask("CLUSTER", "MEET", HOST, `${nodes[1]!.port}`, `${buses[1]}`)
    const isWhole = async (node: RedisServer) => {
      const info = await node.ask("CLUSTER", "INFO")
      return /cluster_state:ok/.test(info) && /cluster_known_nodes:2/.test(info)
    }
    await until(async () => (await isWhole(nodes[0]!)) && (await isWhole(nodes[1]!)))
  })

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.kill()))
  })

  test.each(Object.entries(clients))(
    "%s keeps what it must, in all partitions",
    async (name, by) => {
      const errors: unknown[] = []
      const { tier, end } = by(nodes.map(({ port }) => port))
      const make = () =>
        tiered<string, number>({
          l1: { strategy: lru, capacity: 100 },
          l2: tier,
          namespace: name.replace(" ", "-"),
          partitions: 8,
          ttl: 60_000,
          readBudget: 10_000,
          onError: (error) => errors.push(error),
        })
      const [a, b] = [make(), make()]
      await until(() => a.state === "linked" && b.state === "linked")
      const keys = Array.from({ length: 40 }, (_, n) => `key ${n}`)
      const values = keys.map((_, n) => n)
      await Promise.all(keys.map((key, n) => a.set(key, n, { tags: ["t"] })))
      expect(await b.getMany(keys)).toEqual(values)
      // Both nodes have some of them.
      for (const node of nodes) expect(await node.ask("DBSIZE")).not.toBe(":0\r\n")
      expect(await a.delete("key 7")).toBe(true)
      await until(async () => (await b.get("key 7")) === undefined)
      expect(await a.invalidate("t")).toBe(true)
      await until(async () => (await b.getMany(keys)).every((value) => value === undefined))
      const loaded = await b.getOrLoadMany(keys, async (missing) => missing.map(() => 1))
      expect(loaded).toEqual(keys.map(() => 1))
      expect(errors).toEqual([])
      await Promise.all([a.close(), b.close()])
      await end()
    },
  )

  test.each(["ioredis 6", "node-redis 6"])("by %s it follows a slot that moves", async (name) => {
    const { tier, end } = clients[name]!(nodes.map(({ port }) => port))
    const namespace = `moving-${name.replace(" ", "-")}`
    const cache = tiered<string, number>({
      l1: { strategy: lru, capacity: 100 },
      l2: tier,
      namespace,
      ttl: 60_000,
      readBudget: 10_000,
      onError() {},
    })
    await until(() => cache.state === "linked")
    expect(await cache.set("k", 1)).toBe(true)
    // Whichever has it, the other gets it.
    const slot = (await nodes[0]!.ask("CLUSTER", "KEYSLOT", `{${namespace}}m`)).trim().slice(1)
    const has = async (node: RedisServer) => {
      return (await node.ask("CLUSTER", "COUNTKEYSINSLOT", slot)).trim() !== ":0"
    }
    const [from, to] = (await has(nodes[0]!)) ? nodes : nodes.toReversed()
    const [, id = ""] = (await to!.ask("CLUSTER", "MYID")).split("\r\n")
    await from!.ask("FLUSHALL")
    for (const node of [to!, from!]) await node.ask("CLUSTER", "SETSLOT", slot, "NODE", id)
    await until(async () => (await cache.set("k", 2)) && (await has(to!)))
    await until(() => cache.state === "linked")
    await cache.close()
    await end()
  })
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, HOST, () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
