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

/**
 * A second tier by node-redis. `client` says where the server is and how to talk to it, and is not
 * used itself: it need not connect.
 *
 * @example
 * ```ts
 * tiered({ l2: nodeRedis(createClient({ url })), … })
 * ```
 */
export function nodeRedis(client: NodeRedisClient, options?: RedisTierOptions): Tier {
  return redisTier(driverOf(client), options)
}

/** RESP's type of texts and bytes, which are to be given as `Buffer`. */
const AS_BYTES = { typeMapping: { 36: Buffer } }

function driverOf(client: NodeRedisClient): Driver {
  return {
    async open() {
      // One connection that lives once: the client heals nothing, and keeps nothing for later.
      const connection = client.duplicate({
        disableOfflineQueue: true,
        socket: { ...client.options?.socket, reconnectStrategy: false, socketTimeout: undefined },
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
