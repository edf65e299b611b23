import type { RedisTierOptions, Tier } from "@evictionary/tiered"
import { ioredis } from "@evictionary/tiered/ioredis"
import { nodeRedis } from "@evictionary/tiered/node-redis"
import { required } from "./required.ts"

const at = { host: "127.0.0.1", lazyConnect: true }

/** A tier by each client that there is an adapter for. */
export const clients: Record<string, (port: number, options?: RedisTierOptions) => Tier> = {
  "ioredis 5"(port, options) {
    const { Redis } = required<typeof import("ioredis")>("ioredis")
    return ioredis(new Redis({ port, ...at }), options)
  },
  "ioredis 6"(port, options) {
    const { Redis } = required<typeof import("ioredis-6")>("ioredis-6")
    return ioredis(new Redis({ port, ...at }), options)
  },
  iovalkey(port, options) {
    const { Redis } = required<typeof import("iovalkey")>("iovalkey")
    return ioredis(new Redis({ port, ...at }), options)
  },
  "node-redis 5"(port, options) {
    const { createClient } = required<typeof import("redis-5")>("redis-5")
    return nodeRedis(createClient({ url: `redis://127.0.0.1:${port}` }), options)
  },
  "node-redis 6"(port, options) {
    const { createClient } = required<typeof import("redis")>("redis")
    return nodeRedis(createClient({ url: `redis://127.0.0.1:${port}` }), options)
  },
}
