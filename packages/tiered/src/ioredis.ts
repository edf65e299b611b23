import { slotOf } from "./cluster-slot.ts"
import type { Bytes, Driver } from "./driver.ts"
import { type RedisTierOptions, redisTier } from "./redis-tier.ts"
import type { Tier } from "./tier.ts"

/** What is used of a client of ioredis (5 or 6) or iovalkey. */
export interface IoredisClient {
  duplicate(options: object): IoredisClient
  connect(): Promise<unknown>
  callBuffer(command: string, args: (string | Bytes)[]): Promise<unknown>
  subscribe(channel: string): Promise<unknown>
  // biome-ignore lint/suspicious/noExplicitAny: clients know their events by name, each its own way.
  on(event: string, listener: (...args: any[]) => void): unknown
  disconnect(): void
}

/** The same of a client of a cluster. */
export interface IoredisCluster {
  readonly status: string
  /** Which nodes have a slot, the master first. */
  readonly slots: readonly (readonly string[] | undefined)[]
  connect(): Promise<unknown>
  once(event: "ready", listener: (value?: unknown) => void): unknown
  nodes(role: "master"): (IoredisClient & {
    readonly options: { readonly host?: string | undefined; readonly port?: number | undefined }
  })[]
  refreshSlotsCache(callback: (error?: Error | null) => void): void
}

/**
 * A second tier by ioredis or iovalkey. `client` says where the server is and how to talk to it, and
 * is not used itself: it need not even connect (`lazyConnect`). A client of a cluster is asked which
 * node has the namespace, each time that a connection is to be made.
 *
 * @example
 * ```ts
 * tiered({ l2: ioredis(new Redis(url, { lazyConnect: true })), … })
 * ```
 */
export function ioredis(client: IoredisClient | IoredisCluster, options?: RedisTierOptions): Tier {
  return redisTier(driverOf(client), options)
}

/** One connection that lives once: the client heals nothing, and keeps nothing for later. */
const ONCE = {
  lazyConnect: true,
  retryStrategy: null,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  enableReadyCheck: false,
  enableAutoPipelining: false,
  commandTimeout: undefined,
  // It would be put before keys, and not before the channel.
  keyPrefix: undefined,
}

function driverOf(client: IoredisClient | IoredisCluster): Driver {
  return {
    async open(key) {
      const node = "nodes" in client ? await ownerOf(client, key) : client
      const connection = node.duplicate(ONCE)
      // What happens to it shows in what it is asked, and by its end.
      connection.on("error", () => {})
      await connection.connect()
      return {
        send: ([command, ...args]) => connection.callBuffer(command as string, args),
        subscribe(channel, hear) {
          connection.on("message", (_channel: string, message: string) => hear(message))
          return connection.subscribe(channel)
        },
        onClose: (listener) => connection.on("end", listener),
        close: () => connection.disconnect(),
      }
    },
  }
}

/** The node of a cluster that has a key now. */
async function ownerOf(cluster: IoredisCluster, key: string): Promise<IoredisClient> {
  if (cluster.status === "wait") await cluster.connect()
  else if (cluster.status !== "ready") {
    await new Promise((resolve) => cluster.once("ready", resolve))
  }
  await new Promise<void>((resolve, reject) => {
    cluster.refreshSlotsCache((error) => (error ? reject(error) : resolve()))
  })
  const [master] = cluster.slots[slotOf(key)] ?? []
  const node = cluster
    .nodes("master")
    .find(({ options: { host, port } }) => `${host}:${port}` === master)
  if (!node) throw new Error(`no node of the cluster has ${key}`)
  return node
}
