import type { RedisTierOptions, Tier } from "@evictionary/tiered"
import { ioredis } from "@evictionary/tiered/ioredis"
import { nodeRedis } from "@evictionary/tiered/node-redis"
import { Redis as Redis5 } from "ioredis"
import { Redis as Redis6 } from "ioredis-6"
import { Redis as Iovalkey } from "iovalkey"
import { createClient as createClient6 } from "redis"
import { createClient as createClient5 } from "redis-5"

const at = { host: "127.0.0.1", lazyConnect: true }

/** A tier by each client that there is an adapter for. */
export const clients: Record<string, (port: number, options?: RedisTierOptions) => Tier> = {
  "ioredis 5": (port, options) => ioredis(new Redis5({ port, ...at }), options),
  "ioredis 6": (port, options) => ioredis(new Redis6({ port, ...at }), options),
  iovalkey: (port, options) => ioredis(new Iovalkey({ port, ...at }), options),
  "node-redis 5": (port, options) =>
    nodeRedis(createClient5({ url: `redis://127.0.0.1:${port}` }), options),
  "node-redis 6": (port, options) =>
    nodeRedis(createClient6({ url: `redis://127.0.0.1:${port}` }), options),
}
