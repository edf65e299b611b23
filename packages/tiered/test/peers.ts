import { lru } from "@evictionary/lru"
import { tiered } from "@evictionary/tiered"
import { ioredis } from "@evictionary/tiered/ioredis"

/** What everybody can do. */
export interface Peer {
  get(key: string): unknown
  getOrLoad(key: string, load: () => unknown): unknown
  set(key: string, value: unknown): unknown
  delete(key: string): unknown
  close(): unknown
}

const HOST = "127.0.0.1"
const MINUTE = 60_000

/** Everybody, used as their READMEs begin, and loaded only then: without a server, nobody is used. */
export const peers: Readonly<Record<string, (port: number) => Promise<Peer>>> = {
  async ours(port) {
    const { Redis } = await import("ioredis")
    const cache = tiered<string, unknown>({
      l1: { strategy: lru, capacity: 100 },
      l2: ioredis(new Redis({ host: HOST, port, lazyConnect: true })),
      namespace: "peers",
      ttl: MINUTE,
      onError() {},
    })
    while (cache.state !== "linked") await new Promise((resolve) => setTimeout(resolve, 5))
    return cache
  },
  async bentocache(port) {
    const { BentoCache, bentostore } = await import("bentocache")
    const { memoryDriver } = await import("bentocache/drivers/memory")
    const { redisBusDriver, redisDriver } = await import("bentocache/drivers/redis")
    const connection = { host: HOST, port }
    const store = bentostore()
      .useL1Layer(memoryDriver({ maxItems: 100 }))
      .useL2Layer(redisDriver({ connection }))
      .useBus(redisBusDriver({ connection }))
    const cache = new BentoCache({ default: "one", stores: { one: store } })
    return {
      get: (key) => cache.get({ key }),
      getOrLoad: (key, factory) =>
        cache.getOrSet({ key, factory: async () => factory(), ttl: "1m" }),
      set: (key, value) => cache.set({ key, value, ttl: "1m" }),
      delete: (key) => cache.delete({ key }),
      close: () => cache.disconnectAll(),
    }
  },
  async cacheable(port) {
    const { default: KeyvRedis } = await import("@keyv/redis")
    const { Cacheable } = await import("cacheable")
    const secondary = new KeyvRedis(`redis://${HOST}:${port}`)
    const cache = new Cacheable({ secondary, ttl: "1m" })
    return {
      get: (key) => cache.get(key),
      getOrLoad: (key, load) => cache.getOrSet(key, async () => load()),
      set: (key, value) => cache.set(key, value),
      delete: (key) => cache.delete(key),
      close: () => cache.disconnect(),
    }
  },
  async "cache-manager"(port) {
    const { default: KeyvRedis } = await import("@keyv/redis")
    const { createCache } = await import("cache-manager")
    const { CacheableMemory } = await import("cacheable")
    const { Keyv } = await import("keyv")
    const cache = createCache({
      ttl: MINUTE,
      stores: [
        new Keyv({ store: new CacheableMemory({ lruSize: 100 }) }),
        new Keyv({ store: new KeyvRedis(`redis://${HOST}:${port}`) }),
      ],
    })
    return {
      get: (key) => cache.get(key),
      getOrLoad: (key, load) => cache.wrap(key, async () => load()),
      set: (key, value) => cache.set(key, value),
      delete: (key) => cache.del(key),
      close: () => cache.disconnect(),
    }
  },
}

/** Two processes of one of them, and what happens to their server. */
export interface PeerWorld {
  readonly a: Peer
  readonly b: Peer
  freeze(): void
  thaw(): void
}

/** Long enough for messages and stores in the background. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 100))

async function isOld(world: PeerWorld, key: string): Promise<boolean> {
  await settle()
  return [await world.a.get(key), await world.b.get(key)].includes("old")
}

/** What can go wrong, and how to see it: the promise is of whether it does. */
export const peerFaults: Readonly<Record<string, (world: PeerWorld) => Promise<boolean>>> = {
  async "a value that one process deletes while another loads it comes back"(world) {
    const { a, b } = world
    await b.set("k1", "older")
    await b.delete("k1")
    let finish = (_: string) => {}
    const loading = a.getOrLoad("k1", () => new Promise<string>((resolve) => (finish = resolve)))
    await settle()
    await b.delete("k1")
    finish("old")
    await loading
    return isOld(world, "k1")
  },
  async "a value that one process sets while another loads it is overwritten"(world) {
    const { a, b } = world
    let finish = (_: string) => {}
    const loading = a.getOrLoad("k2", () => new Promise<string>((resolve) => (finish = resolve)))
    await settle()
    await b.set("k2", "new")
    finish("old")
    await loading
    return isOld(world, "k2")
  },
  async "what one process sets, another goes on not knowing"(world) {
    const { a, b } = world
    await a.set("k3", "old")
    await settle()
    await b.get("k3")
    await a.set("k3", "new")
    for (let tries = 0; tries < 30; tries++) {
      await settle()
      if ((await b.get("k3")) === "new") return false
    }
    return true
  },
  async '`0`, `""`, `false` or `null` is loaded again'({ a, b }) {
    let loads = 0
    for (const [n, value] of [0, "", false, null].entries()) {
      const load = () => {
        loads++
        return value
      }
      await a.getOrLoad(`falsy ${n}`, load)
      for (let tries = 0; tries < 10; tries++) await settle()
      await b.getOrLoad(`falsy ${n}`, load)
    }
    return loads > 4
  },
  async "a miss waits for a server that is frozen, with the database at hand"({ a, freeze, thaw }) {
    await a.get("absent")
    freeze()
    const answer = Promise.resolve(a.getOrLoad("k4", () => "loaded")).then(
      () => false,
      () => true,
    )
    const pending = new Promise<boolean>((resolve) => setTimeout(resolve, 3_000, true))
    const isPending = await Promise.race([answer, pending])
    thaw()
    await answer
    return isPending
  },
}
