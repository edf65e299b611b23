import type { Tier } from "@evictionary/tiered"
import { ioredis } from "@evictionary/tiered/ioredis"
import { nodeRedis } from "@evictionary/tiered/node-redis"
import { Redis as Redis5 } from "ioredis"
import { Redis as Redis6 } from "ioredis-6"
import { Redis as Iovalkey } from "iovalkey"
import { createClient as createClient6 } from "redis"
import { createClient as createClient5 } from "redis-5"

const options = { host: "127.0.0.1", lazyConnect: true }

/** A tier by each client that there is an adapter for. */
export const clients: Record<string, (port: number) => Tier> = {
  "ioredis 5": (port) => ioredis(new Redis5({ port, ...options })),
  "ioredis 6": (port) => ioredis(new Redis6({ port, ...options })),
  iovalkey: (port) => ioredis(new Iovalkey({ port, ...options })),
  "node-redis 5": (port) => nodeRedis(createClient5({ url: `redis://127.0.0.1:${port}` })),
  "node-redis 6": (port) => nodeRedis(createClient6({ url: `redis://127.0.0.1:${port}` })),
}
