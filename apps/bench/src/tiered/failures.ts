import { lru } from "@evictionary/lru"
import { tiered } from "@evictionary/tiered"
import { ioredis } from "@evictionary/tiered/ioredis"
import { Redis } from "ioredis"
import { quantileSorted } from "simple-statistics"
import { faultProxy } from "../../../../scripts/fault-proxy.ts"
import { redisBinary, startRedis } from "../../../../scripts/redis-server.ts"
import { FAULTS, traffic } from "../../../../scripts/tier-faults.ts"
import type { Host } from "../host.ts"
import { Failure } from "../invocation.ts"

export interface FailureRow {
  readonly title: string
  readonly calls: number
  readonly loads: number
  /** Wrong values, and errors that callers got. */
  readonly faults: number
  /** Milliseconds. */
  readonly p99: number
  readonly max: number
  /** Milliseconds from the end of the fault until it is linked and stores again. */
  readonly healed: number
}

export interface TieredFailuresReport {
  command: "tiered faults"
  machine: string
  rows: FailureRow[]
}

const SECONDS = 2

/** Brings every fault about for two seconds of mixed traffic. */
export async function failTiers(host: Host): Promise<TieredFailuresReport> {
  const binary = redisBinary()
  if (!binary) throw new Failure("there is no redis-server or valkey-server on the PATH")
  const rows: FailureRow[] = []
  const progress = host.startProgress(FAULTS.length)
  const server = await startRedis(binary)
  try {
    for (const fault of FAULTS) {
      progress.step(fault.title)
      const proxy = await faultProxy(server.port)
      const client = new Redis({ host: "127.0.0.1", port: proxy.port, lazyConnect: true })
      const cache = tiered<string, string>({
        l1: { strategy: lru, capacity: 5_000 },
        l2: ioredis(client),
        namespace: "bench",
        ttl: 60_000,
        onError() {},
      })
      const path = { server, proxy, namespace: "bench" }
      await traffic(cache, (round) => round < 50)
      await fault.begin(path)
      const end = performance.now() + SECONDS * 1_000
      const { times, loads, faults } = await traffic(cache, () => performance.now() < end)
      await fault.end(path)
      const over = performance.now()
      for (let n = 0; ; n++) {
        if (cache.state === "linked" && (await cache.set(`healed ${n}`, "x"))) break
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      const healed = performance.now() - over
      const [p99, max] = [quantileSorted(times, 0.99), times.at(-1) ?? 0]
      const counts = { calls: times.length, loads, faults: faults.length }
      rows.push({ title: fault.title, ...counts, p99, max, healed })
      await cache.close()
      await proxy.close()
    }
  } finally {
    progress.stop()
    await server.kill()
  }
  return { command: "tiered faults", machine: host.machine, rows }
}
