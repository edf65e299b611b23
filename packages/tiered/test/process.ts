import { lru } from "@evictionary/lru"
import { tiered } from "@evictionary/tiered"
import { ioredis } from "@evictionary/tiered/ioredis"
import { Redis } from "ioredis"
import { startRedis } from "../../../scripts/redis-server.ts"

/** A process of its own, which does what it is told. */

export type Order =
  | { readonly start: { readonly port: number; readonly lease: boolean } }
  | { readonly load: { readonly key: string; readonly callers: number; readonly takes: number } }
  | { readonly serve: string }
  | { readonly end: true }

export interface News {
  readonly is: "linked" | "loading" | "loaded" | "serving" | "ended"
  readonly values?: readonly string[]
  readonly loads?: number
  readonly port?: number
}

const tell = (news: News) => process.send?.(news)

function make(port: number, lease: boolean) {
  return tiered<string, string>({
    l1: { strategy: lru, capacity: 100 },
    l2: ioredis(new Redis({ host: "127.0.0.1", port, lazyConnect: true })),
    namespace: "processes",
    ttl: 60_000,
    lease,
    leaseTtl: 1_000,
    wait: 60_000,
    readBudget: 10_000,
    onError() {},
  })
}

let cache: ReturnType<typeof make> | undefined

async function obey(order: Order): Promise<void> {
  if ("start" in order) {
    cache = make(order.start.port, order.start.lease)
    while (cache.state !== "linked") await new Promise((resolve) => setTimeout(resolve, 5))
    tell({ is: "linked" })
  } else if ("load" in order) {
    const { key, callers, takes } = order.load
    let loads = 0
    const load = async () => {
      loads++
      tell({ is: "loading" })
      await new Promise((resolve) => setTimeout(resolve, takes))
      return "value"
    }
    const calls = Array.from({ length: callers }, () => cache!.getOrLoad(key, load))
    tell({ is: "loaded", values: await Promise.all(calls), loads })
  } else if ("serve" in order) {
    const { port } = await startRedis(order.serve)
    tell({ is: "serving", port })
  } else {
    await cache?.close()
    // Clients take a moment to end their sockets; what is the parent's stays.
    const own = () => process.getActiveResourcesInfo().filter((name) => !/Pipe|TTY|File/.test(name))
    while (own().length > 0) await new Promise((resolve) => setImmediate(resolve))
    tell({ is: "ended" })
    process.disconnect()
  }
}

process.on("message", (order) => obey(order as Order))
