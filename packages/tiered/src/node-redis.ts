import { slotOf } from "./cluster-slot.ts"
import type { Bytes, Driver } from "./driver.ts"
import { type RedisTierOptions, redisTier } from "./redis-tier.ts"
import type { Tier } from "./tier.ts"

/** What is used of a client of node-redis (5 or 6). */
export interface NodeRedisClient {
  readonly options?: { readonly socket?: object } | undefined
  readonly isOpen: boolean
  readonly isReady: boolean
  duplicate(options: object): NodeRedisClient
  connect(): Promise<unknown>
  sendCommand(args: (string | Bytes)[], options?: object): Promise<unknown>
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>
  on(event: string, listener: () => void): unknown
  destroy(): void
}

/** The same of a client of a cluster. */
export interface NodeRedisCluster<Node = unknown> {
  readonly isOpen: boolean
  readonly slots: readonly { readonly master: Node }[]
  connect(): Promise<unknown>
  sendCommand(firstKey: string, isReadonly: boolean, args: string[]): Promise<unknown>
  nodeClient(node: Node): unknown
}

/**
 * A second tier by node-redis. `client` says where the server is and how to talk to it, and is not
 * used itself: it need not connect. A client of a cluster is asked which node has the namespace, each
 * time that a connection is to be made.
 *
 * @example
 * ```ts
 * tiered({ l2: nodeRedis(createClient({ url })), … })
 * ```
 */
export function nodeRedis<Node>(
  client: NodeRedisClient | NodeRedisCluster<Node>,
  options?: RedisTierOptions,
): Tier {
  return redisTier(driverOf(client as NodeRedisClient | NodeRedisCluster), options)
}

/** RESP's type of texts and bytes, which are to be given as `Buffer`. */
const AS_BYTES = { typeMapping: { 36: Buffer } }

function driverOf(client: NodeRedisClient | NodeRedisCluster): Driver {
  let connecting: Promise<unknown> | undefined
  return {
    async open(key) {
      let node = client as NodeRedisClient
      if ("nodeClient" in client) {
        // The first who needs it connects it, unless it is in use already.
        if (!client.isOpen) connecting = client.connect()
        await connecting
        node = await ownerOf(client, key)
      }
      // One connection that lives once: the client heals nothing, and keeps nothing for later.
      const connection = node.duplicate({
        disableOfflineQueue: true,
        socket: { ...node.options?.socket, reconnectStrategy: false, socketTimeout: undefined },
      })
      const listeners: (() => void)[] = []
      const end = () => {
        for (const listener of listeners) listener()
      }
      connection.on("error", () => {
        if (!connection.isReady) end()
      })
      connection.on("end", end)
      await connection.connect()
      return {
        send: (args) => connection.sendCommand(args, AS_BYTES),
        subscribe: (channel, hear) => connection.subscribe(channel, hear),
        onClose: (listener) => listeners.push(listener),
        close() {
          // It throws if it is not.
          if (connection.isOpen) connection.destroy()
        },
      }
    },
  }
}

/** The node of a cluster that has a key now: a command for it finds that out, if it has moved. */
async function ownerOf(cluster: NodeRedisCluster, key: string): Promise<NodeRedisClient> {
  await cluster.sendCommand(key, false, ["EXISTS", key])
  const { master } = cluster.slots[slotOf(key)] ?? {}
  if (!master) throw new Error(`no node of the cluster has ${key}`)
  return (await cluster.nodeClient(master)) as NodeRedisClient
}
