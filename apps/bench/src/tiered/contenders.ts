import { lru } from "@evictionary/lru"
import { tiered } from "@evictionary/tiered"

/** What everybody can do: a value by its key, loaded if it is nowhere. */
export interface Contender {
  get(key: string, load: () => Promise<object>): unknown
  close(): unknown
}

const HOUR = 3_600_000
const CAPACITY = 100_000

/** Like ours, but for the client; a budget that a busy machine keeps. */
const common = {
  l1: { strategy: lru, capacity: CAPACITY },
  ttl: HOUR,
  readBudget: 10_000,
  writeBudget: 10_000,
  leaseTtl: 30_000,
}

/**
 * Everybody, used as their READMEs begin. What is not measured is not loaded; the raw clients have no
 * first tier.
 */
export const contenders: Readonly<Record<string, (port: number) => Promise<Contender>>> = {
  async "ours on ioredis"(port) {
    const { ioredis } = await import("@evictionary/tiered/ioredis")
    const { Redis } = await import("ioredis")
    const l2 = ioredis(new Redis({ port, host: "127.0.0.1", lazyConnect: true }))
    const cache = tiered<string, object>({ ...common, l2, namespace: "ours-1" })
    return { get: (key, load) => cache.getOrLoad(key, load), close: () => cache.close() }
  },
  async "ours on node-redis"(port) {
    const { nodeRedis } = await import("@evictionary/tiered/node-redis")
    const { createClient } = await import("redis")
    const l2 = nodeRedis(createClient({ url: `redis://127.0.0.1:${port}` }))
    const cache = tiered<string, object>({ ...common, l2, namespace: "ours-2" })
    return { get: (key, load) => cache.getOrLoad(key, load), close: () => cache.close() }
  },
  async bentocache(port) {
    const { BentoCache, bentostore } = await import("bentocache")
    const { memoryDriver } = await import("bentocache/drivers/memory")
    const { redisBusDriver, redisDriver } = await import("bentocache/drivers/redis")
    const connection = { host: "127.0.0.1", port }
    const store = bentostore()
      .useL1Layer(memoryDriver({ maxItems: CAPACITY }))
      .useL2Layer(redisDriver({ connection }))
      .useBus(redisBusDriver({ connection }))
    const cache = new BentoCache({ default: "one", stores: { one: store } })
    return {
      get: (key, factory) => cache.getOrSet({ key, factory, ttl: "1h" }),
      close: () => cache.disconnectAll(),
    }
  },
  async cacheable(port) {
    const { Cacheable } = await import("cacheable")
    const { default: KeyvRedis } = await import("@keyv/redis")
    const secondary = new KeyvRedis(`redis://127.0.0.1:${port}`)
    const cache = new Cacheable({ secondary, ttl: "1h" })
    return {
      get: (key, load) => cache.getOrSet(`cacheable:${key}`, load),
      close: () => cache.disconnect(),
    }
  },
  async "cache-manager"(port) {
    const { createCache } = await import("cache-manager")
    const { Keyv } = await import("keyv")
    const { CacheableMemory } = await import("cacheable")
    const { default: KeyvRedis } = await import("@keyv/redis")
    const cache = createCache({
      ttl: HOUR,
      stores: [
        new Keyv({ store: new CacheableMemory({ lruSize: CAPACITY }) }),
        new Keyv({ store: new KeyvRedis(`redis://127.0.0.1:${port}`), namespace: "manager" }),
      ],
    })
    return { get: (key, load) => cache.wrap(key, load), close: () => cache.disconnect() }
  },
  async ioredis(port) {
    const { Redis } = await import("ioredis")
    const redis = new Redis({ port, host: "127.0.0.1" })
    return {
      async get(key, load) {
        const found = await redis.get(`io:${key}`)
        if (found !== null) return JSON.parse(found)
        const value = await load()
        await redis.set(`io:${key}`, JSON.stringify(value), "PX", HOUR)
        return value
      },
      close: () => redis.disconnect(),
    }
  },
  async "node-redis"(port) {
    const { createClient } = await import("redis")
    const redis = createClient({ url: `redis://127.0.0.1:${port}` })
    await redis.connect()
    return {
      async get(key, load) {
        const found = await redis.get(`node:${key}`)
        if (found !== null) return JSON.parse(found)
        const value = await load()
        await redis.set(`node:${key}`, JSON.stringify(value), { PX: HOUR })
        return value
      },
      close: () => redis.destroy(),
    }
  },
}
